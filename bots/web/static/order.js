// Puts a picked file in another place of the tray: with the arrow keys, the mouse or a finger.

export function orderable(tray, item) {
  const { pick, node } = item;
  let held = false;
  const end = () => {
    held = false;
    node.classList.remove("held");
  };
  pick.addEventListener("keydown", (event) => step(tray, item, event));
  pick.addEventListener("pointerdown", (event) => {
    held = event.button === 0;
    if (held) pick.setPointerCapture(event.pointerId);
  });
  pick.addEventListener("pointermove", (event) => {
    if (!held) return;
    node.classList.add("held");
    if (drag(tray, item, event)) pick.setPointerCapture(event.pointerId); // moved, it lets go
  });
  pick.addEventListener("pointerup", end);
  pick.addEventListener("pointercancel", end);
}

function step(tray, item, event) {
  const forth = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const steps = { ArrowLeft: -1, ArrowRight: -1, ArrowUp: -1, ArrowDown: 1, [forth]: 1 };
  if (event.key === "Delete" || event.key === "Backspace") tray.remove(item);
  else if (!(event.key in steps)) return;
  else if (tray.move(item, tray.items.indexOf(item) + steps[event.key])) item.pick.focus();
  event.preventDefault();
}

function drag(tray, item, event) {
  const over = document.elementsFromPoint(event.clientX, event.clientY);
  const to = tray.items.findIndex((one) => one !== item && over.includes(one.node));
  return to >= 0 && tray.move(item, to);
}
