// Takes a photo with the camera of this computer; a phone has a better way of its own.
import { at } from "./dom.js";

const TOUCH = matchMedia("(pointer: coarse)");

export async function camera(take) {
  // Shows the button where there is a camera; `take` gets the photo.
  const button = at("photograph");
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const there = devices.some((device) => device.kind === "videoinput");
  button.hidden = !TOUCH.matches && !there;
  button.addEventListener("click", () => (TOUCH.matches ? at("camera").click() : open()));
  const viewer = at("viewer");
  const view = at("view");
  viewer.addEventListener("close", () => {
    for (const track of view.srcObject?.getTracks() ?? []) track.stop();
    view.srcObject = null;
  });
  at("viewer-close").addEventListener("click", () => viewer.close());
  at("shutter").addEventListener("click", () => shoot(view, take));

  async function open() {
    try {
      const wanted = { video: { width: { ideal: 1920 }, facingMode: "environment" } };
      view.srcObject = await navigator.mediaDevices.getUserMedia(wanted);
    } catch {
      at("camera").click(); // refused, or taken by another program: there are files as well
      return;
    }
    viewer.showModal();
  }
}

function shoot(view, take) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [view.videoWidth, view.videoHeight];
  canvas.getContext("2d").drawImage(view, 0, 0);
  canvas.toBlob(
    (photo) => {
      at("viewer").close();
      if (photo) take([new File([photo], "photo.jpg", { type: "image/jpeg" })]);
    },
    "image/jpeg",
    0.92,
  );
}
