// saving.js - give the reader a file.
import { html } from "./dom.js";

/** Offer a blob as a download of that name. */
export function saveAs(name, blob) {
  const link = html("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}
