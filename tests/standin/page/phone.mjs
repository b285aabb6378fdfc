// Adds to the telephone's forms what a form can't do: voice, microphone, and news without being asked for.

const LANGUAGE = { "zh-Hans": "zh-CN", en: "en-US" };

function readAloud() {
  const box = document.querySelector("#aloud");
  const heard = document.querySelector("#heard");
  if (!("speechSynthesis" in window)) return;
  box.closest("p").hidden = false;
  box.checked = localStorage.getItem("aloud") !== "no";
  box.addEventListener("change", () => {
    localStorage.setItem("aloud", box.checked ? "yes" : "no");
    if (!box.checked) speechSynthesis.cancel();
  });
  speechSynthesis.cancel();
  if (!heard) return;
  const lines = [...heard.querySelectorAll("li")];
  const [call, count] = (sessionStorage.getItem("read") ?? "").split(" ");
  const unread = lines.slice(call === heard.dataset.call ? Number(count) : 0);
  sessionStorage.setItem("read", `${heard.dataset.call} ${lines.length}`);
  if (!box.checked) return;
  for (const line of unread) {
    const spoken = new SpeechSynthesisUtterance(line.textContent);
    spoken.lang = LANGUAGE[line.lang] ?? "zh-CN";
    speechSynthesis.speak(spoken);
  }
}

function wav(samples, rate) {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const write = (at, text) => [...text].forEach((sign, n) => view.setUint8(at + n, sign.charCodeAt(0)));
  write(0, "RIFF"); view.setUint32(4, 36 + samples.length * 2, true); write(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, rate, true); view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true); view.setUint16(34, 16, true);
  write(36, "data"); view.setUint32(40, samples.length * 2, true);
  samples.forEach((value, n) => view.setInt16(44 + n * 2, Math.max(-1, Math.min(1, value)) * 32767, true));
  return new Blob([view], { type: "audio/wav" });
}

async function asTelephoneSound(recorded) {
  const rate = 8000;
  const sound = await new AudioContext().decodeAudioData(await recorded.arrayBuffer());
  const offline = new OfflineAudioContext(1, Math.max(1, Math.ceil(sound.duration * rate)), rate);
  const source = offline.createBufferSource();
  source.buffer = sound;
  source.connect(offline.destination);
  source.start();
  return wav((await offline.startRendering()).getChannelData(0), rate);
}

function useMicrophone() {
  const button = document.querySelector("#microphone");
  if (!button || !navigator.mediaDevices || !("MediaRecorder" in window)) return;
  button.hidden = false;
  let recorder = null;
  button.addEventListener("click", async () => {
    if (recorder) { recorder.stop(); return; }
    try {
      const parts = [];
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recorder = new MediaRecorder(stream);
      recorder.ondataavailable = ({ data }) => parts.push(data);
      recorder.onstop = async () => {
        stream.getTracks().forEach((track) => track.stop());
        const form = new FormData();
        form.append("number", button.dataset.number);
        form.append("lang", button.dataset.lang);
        form.append("sound", await asTelephoneSound(new Blob(parts)), "message.wav");
        location = (await fetch(button.dataset.send, { method: "POST", body: form })).url;
      };
      recorder.start();
      button.textContent = button.dataset.ends;
    } catch {
      button.textContent = button.dataset.fails;
      button.disabled = true;
    }
  });
}

async function lookForNews() {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const rings = (shown) => shown.querySelector("#call").dataset.rings;
    if (rings(document) && rings(document) !== rings(page)) { location.reload(); return; } // nobody has answered
    for (const place of document.querySelectorAll("[data-fresh]")) {
      const fresh = page.querySelector(`[data-fresh="${place.dataset.fresh}"]`);
      const reading = place.contains(document.activeElement) || place.querySelector("details[open]");
      if (fresh && fresh.innerHTML !== place.innerHTML && !reading) place.replaceChildren(...fresh.childNodes);
    }
  } catch { /* the stand-in has ended: the page stays as it was */ }
}

readAloud();
useMicrophone();
document.querySelector(".texts").scrollTop = 1e6;
setInterval(lookForNews, 2000);
