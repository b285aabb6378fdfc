// The report has arrived: its draft may go, and the receipt may be printed.
sessionStorage.removeItem("report draft");

const print = document.getElementById("print");
print.hidden = false;
print.addEventListener("click", () => window.print());
