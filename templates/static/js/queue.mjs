// The queue by keyboard: j and k move, Enter opens, / searches, ? says which keys there are.
const links = [...document.querySelectorAll("#queue a.reference")];
const typing = (target) => target.closest("input, textarea, select");

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const here = links.indexOf(document.activeElement);
  if (event.key === "j") links[Math.min(here + 1, links.length - 1)]?.focus();
  else if (event.key === "k") links[Math.max(here - 1, 0)]?.focus();
  else if (event.key === "?") document.querySelector(".keys").toggleAttribute("open");
  else if (event.key === "/") document.querySelector("#q").focus();
  else return;
  event.preventDefault();
});
