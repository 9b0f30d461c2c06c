/** A button that copies the page's address, which holds every visible choice. */

const SHOWN_MS = 2500;

export default function link({ data, parentElement }) {
  const host = parentElement.querySelector(".link-host");
  if (host.childElementCount) return;
  const face = document.createElement("button");
  const field = document.createElement("input");
  face.type = "button";
  face.textContent = data.label;
  Object.assign(field, { readOnly: true, hidden: true, type: "text" });
  field.setAttribute("aria-label", data.field);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  face.addEventListener("click", () => copy(face, field, said, data));
  host.replaceChildren(face, field, said);
}

/** Where the clipboard is closed to the page, the address is shown, selected and ready to be copied by hand. */
async function copy(face, field, said, data) {
  const address = window.location.href;
  try {
    await navigator.clipboard.writeText(address);
    said.textContent = data.copied;
    setTimeout(() => { said.textContent = ""; }, SHOWN_MS);
  } catch {
    field.value = address;
    field.hidden = false;
    field.focus();
    field.select();
  }
}
