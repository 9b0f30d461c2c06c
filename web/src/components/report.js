/** A report's text with its places marked; every mark can be focused and carries its status in words. */

const WORDS = { resolved: "found", review: "to be settled", not_found: "not in the gazetteer", rejected: "not a place" };

export default function report({ data, parentElement }) {
  const host = parentElement.querySelector(".report-host");
  const scrolled = host.scrollTop;
  const body = document.createElement("div");
  // Offsets count code points, and a JavaScript string counts in halves of some of them.
  const points = Array.from(data.text);
  let at = 0;
  for (const mark of data.marks) {
    body.append(points.slice(at, mark.start).join(""), markOf(mark, points));
    at = mark.end;
  }
  body.append(points.slice(at).join(""));
  host.replaceChildren(body);
  host.scrollTop = scrolled;
}

function markOf({ start, end, status, n, meaning }, points) {
  const mark = document.createElement("mark");
  mark.tabIndex = 0;
  mark.className = `mark ${status}`;
  const number = document.createElement("sup");
  number.append(String(n));
  mark.append(points.slice(start, end).join(""), number);
  mark.title = `${WORDS[status]}: ${meaning}`;
  mark.setAttribute("aria-label", `${points.slice(start, end).join("")}, ${WORDS[status]}: ${meaning}`);
  return mark;
}
