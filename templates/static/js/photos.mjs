// Sends photos as soon as they are chosen and shows how far they are. The page that comes back takes this one's place.
const EDGE = 192;
const drawings = new Map();

async function draw(file) {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const canvas = Object.assign(document.createElement("canvas"), { width: EDGE, height: EDGE });
  const [x, y] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas.getContext("2d").drawImage(picture, x, y, side, side, 0, 0, EDGE, EDGE);
  canvas.setAttribute("aria-hidden", "true");
  drawings.set(file.name, canvas);
}

function show(page) {
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  for (const name of document.querySelectorAll(".kept-name")) {
    const drawing = drawings.get(name.textContent);
    if (drawing) name.before(drawing);
  }
  (document.getElementById("errors") ?? document.getElementById("photos")).focus();
  document.getElementById("report").dispatchEvent(new Event("input", { bubbles: true }));
}

function send(chooser) {
  const said = document.getElementById("sending");
  const body = new FormData(chooser.form);
  body.set("go", "photos");
  const request = new XMLHttpRequest();
  request.open("POST", chooser.form.getAttribute("action"));
  request.responseType = "document";
  request.upload.onprogress = ({ loaded, total }) => {
    said.textContent = `${said.dataset.words}${Math.round((100 * loaded) / total)}%`;
  };
  request.onload = () => (request.response?.getElementById("kept") ? show(request.response) : request.onerror());
  request.onerror = () => {
    said.textContent = said.dataset.failed;
  };
  request.send(body);
}

document.addEventListener("change", async ({ target }) => {
  if (target.id !== "photos" || !target.files.length) return;
  await Promise.allSettled([...target.files].filter((file) => file.type.startsWith("image/")).map(draw));
  send(target);
});
