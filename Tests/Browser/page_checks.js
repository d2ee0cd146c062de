// What is wrong with the page that is open, for readers with a keyboard, a screen reader, a small
// window or weak eyes: success criteria of WCAG 2.2, level AA, as far as a program can judge them.

// A short way to say which element is meant.
const nameOf = (element) => {
  const parts = [];
  for (let at = element; at && at.nodeType === 1 && parts.length < 4; at = at.parentElement) {
    const id = at.id ? `#${at.id}` : "";
    const kind = at.getAttribute("class");
    parts.unshift(at.localName + id + (kind && !id ? `.${kind.trim().split(/\s+/)[0]}` : ""));
    if (id) break;
  }
  return parts.join(" > ");
};

const isShown = (element) => {
  if (!element.getClientRects().length) return false;
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.visibility === "hidden" || style.display === "none" || style.opacity === "0") {
      return false;
    }
  }
  return true;
};

const textOfIds = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id))
  .map((other) => (other ? other.textContent.trim() : "")).join(" ").trim();

// The name that a screen reader says, by the parts of the accessible name computation in use here.
const accessibleName = (element) => {
  const byIds = element.getAttribute("aria-labelledby");
  if (byIds && textOfIds(byIds)) return textOfIds(byIds);
  const label = (element.getAttribute("aria-label") || "").trim();
  if (label) return label;
  if (element.labels && element.labels.length) {
    const text = [...element.labels].map((one) => {
      const copy = one.cloneNode(true);
      copy.querySelectorAll("select, option, textarea").forEach((inner) => inner.remove());
      return copy.textContent.trim();
    }).join(" ").trim();
    if (text) return text;
  }
  if (element.localName === "img") return (element.getAttribute("alt") || "").trim();
  if (element.localName === "input" && /^(submit|button|reset)$/.test(element.type)) {
    return element.value.trim();
  }
  if (/^(input|select|textarea)$/.test(element.localName)) {
    return (element.getAttribute("title") || "").trim();
  }
  if (element.namespaceURI === "http://www.w3.org/2000/svg") {
    const title = [...element.children].find((child) => child.localName === "title");
    if (title && title.textContent.trim()) return title.textContent.trim();
  }
  const text = element.textContent.trim();
  if (text) return text;
  const pictures = [...element.querySelectorAll("img[alt], svg")].map(accessibleName).join(" ");
  return (pictures || element.getAttribute("title") || "").trim();
};

// Colours as the browser paints them: any notation, as red, green, blue 0...255 and opacity.
const painted = (() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  return (colour) => {
    if (!known.has(colour)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = "rgba(0,0,0,0)";
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
      known.set(colour, [red, green, blue, alpha / 255]);
    }
    return known.get(colour);
  };
})();

const over = (top, below) => {
  const alpha = top[3];
  return [0, 1, 2].map((part) => top[part] * alpha + below[part] * (1 - alpha)).concat(1);
};

// Relative luminance and contrast as WCAG 2.2 defines them.
const luminance = (colour) => {
  const [red, green, blue] = colour.slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

// What stands behind an element of the page: the grounds of all around it, the nearest on top.
const groundOf = (element) => {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    if (at.namespaceURI === "http://www.w3.org/2000/svg" && at.localName !== "svg") continue;
    const colour = painted(getComputedStyle(at).backgroundColor);
    if (colour[3] > 0) layers.unshift(colour);
    if (colour[3] === 1) break;
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return layers.reduce((below, top) => over(top, below), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
};

// What stands behind a text of a picture: the shapes drawn before it that hold its middle.
const groundInPicture = (text) => {
  const picture = text.closest("svg");
  const box = text.getBoundingClientRect();
  const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
  let ground = groundOf(picture);
  for (const shape of picture.querySelectorAll("rect, path, circle, ellipse, polygon")) {
    if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
    if (shape.closest("defs, clipPath, mask, pattern")) continue;
    const style = getComputedStyle(shape);
    if (style.fill === "none" || style.visibility === "hidden" || style.display === "none") continue;
    if (style.fill.startsWith("url(")) continue;
    const matrix = shape.getScreenCTM();
    if (!matrix || !shape.isPointInFill(middle.matrixTransform(matrix.inverse()))) continue;
    const [red, green, blue, alpha] = painted(style.fill);
    const share = alpha * Number(style.fillOpacity) * Number(style.opacity);
    ground = over([red, green, blue, share], ground);
  }
  return ground;
};

const faintTexts = () => {
  const faults = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element || !isShown(element)) continue;
    if (element.closest("script, style, noscript, title, desc, :disabled, option")) continue;
    const style = getComputedStyle(element);
    const inPicture = element.closest("svg") && element.localName !== "svg"
      && !element.closest("foreignObject");
    const colour = painted(inPicture ? style.fill : style.color);
    const ground = inPicture ? groundInPicture(element) : groundOf(element);
    let share = colour[3];
    for (let at = element; at; at = at.parentElement) share *= Number(getComputedStyle(at).opacity);
    const ratio = contrast(over([...colour.slice(0, 3), share], ground), ground);
    if (ratio < 4.5) {
      faults.set(nameOf(element), `${ratio.toFixed(2)} : 1 for “${node.data.trim().slice(0, 30)}”`);
    }
  }
  return [...faults].map(([where, what]) => `contrast: ${where}: ${what}`);
};

const structureFaults = () => {
  const faults = [];
  const say = (rule, element, what = "") =>
    faults.push(`${rule}: ${element ? nameOf(element) : ""} ${what}`.trim());
  const all = (selector) => [...document.querySelectorAll(selector)];

  if (!document.documentElement.lang) say("language", null, "the page says no language");
  if (!document.title.trim()) say("title", null, "the page has none");
  const first = all("h1").filter(isShown);
  if (first.length !== 1) say("h1", null, `${first.length} instead of one`);
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6").filter(isShown)) {
    const next = Number(heading.localName[1]);
    if (!heading.textContent.trim()) say("heading", heading, "is empty");
    if (next > level + 1) say("heading", heading, `h${next} after h${level}`);
    level = next;
  }
  const mains = all("main, [role=main]");
  if (mains.length !== 1) say("landmark", null, `${mains.length} main instead of one`);
  for (const child of document.body.children) {
    if (child.matches("header, nav, main, footer, aside, [role], script, .skip, [hidden]")) continue;
    if (isShown(child) && child.textContent.trim()) say("landmark", child, "is in no landmark");
  }
  const navigations = all("nav");
  if (navigations.length > 1) {
    for (const one of navigations) if (!accessibleName(one)) say("landmark", one, "has no name");
  }
  const ids = new Map();
  for (const element of all("[id]")) {
    if (ids.has(element.id)) say("id", element, `#${element.id} is there twice`);
    ids.set(element.id, element);
  }
  for (const element of all("[aria-labelledby], [aria-describedby], [for], [aria-controls]")) {
    for (const name of ["aria-labelledby", "aria-describedby", "for", "aria-controls"]) {
      for (const id of (element.getAttribute(name) || "").split(/\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) say("reference", element, `${name} names no element: ${id}`);
      }
    }
  }
  for (const field of all("input:not([type=hidden]), select, textarea")) {
    if (!accessibleName(field)) say("label", field, `name=${field.getAttribute("name")}`);
  }
  for (const one of all("a[href], button, summary, [role=button], [role=link], [tabindex='0']")) {
    if (one.localName !== "input" && isShown(one) && !accessibleName(one)) say("name", one);
  }
  for (const link of all("a:not([href])")) say("link", link, "leads nowhere");
  for (const group of all("fieldset")) {
    if (!group.querySelector("legend") && !accessibleName(group)) say("fieldset", group, "no legend");
  }
  for (const picture of all("img")) {
    if (!picture.hasAttribute("alt")) say("picture", picture, "has no alt");
  }
  for (const picture of all("svg")) {
    if (picture.closest("[aria-hidden=true]") || picture.parentElement.closest("svg")) continue;
    const title = [...picture.children].find((child) => child.localName === "title");
    const name = picture.getAttribute("aria-label") || picture.getAttribute("aria-labelledby")
      || (title && title.textContent.trim());
    if (!name) say("picture", picture, "has no name");
    else if (picture.getAttribute("role") !== "img") say("picture", picture, "has no role img");
  }
  for (const table of all("table:not([role=presentation])")) {
    const caption = table.caption && table.caption.textContent.trim();
    if (!caption && !table.getAttribute("aria-label") && !table.getAttribute("aria-labelledby")) {
      say("table", table, "has no caption");
    }
    if (!table.querySelector("th")) say("table", table, "has no th");
    for (const cell of table.querySelectorAll("th")) {
      if (!cell.getAttribute("scope")) say("table", cell, "a th has no scope");
    }
  }
  for (const list of all("ul, ol")) {
    for (const child of list.children) {
      if (!/^(li|script|template)$/.test(child.localName)) say("list", child, "is no li");
    }
  }
  for (const element of all("[tabindex]")) {
    if (Number(element.getAttribute("tabindex")) > 0) say("order", element, "has its own tab order");
  }
  for (const element of all("*")) {
    for (const { name } of element.attributes) {
      if (name.startsWith("on") || name === "style") say("inline", element, `has ${name}`);
    }
  }
  for (const form of all("form")) {
    if (form.method === "post" && !form.querySelector("input[name=form_token]")) {
      say("token", form, "a POST form carries no token");
    }
  }
  return faults;
};

// Nothing wider than the window, and what is wider scrolls within its own frame.
const widthFaults = () => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const wide = [];
  for (const element of document.querySelectorAll("body *")) {
    if (!isShown(element) || element.getBoundingClientRect().right <= most + 1) continue;
    let isHeld = false;
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== "visible") { isHeld = true; break; }
    }
    if (!isHeld) wide.push(nameOf(element));
  }
  const widest = document.documentElement.scrollWidth;
  return [`width: ${widest} px in a window of ${most}: ${wide.slice(-3).join(", ")}`];
};

// Targets of at least 24 by 24 px, but for links within a sentence or cell (WCAG 2.2, 2.5.8).
const smallTargets = () => {
  const faults = [];
  for (const one of document.querySelectorAll("button, select, input:not([type=hidden]), summary")) {
    if (!isShown(one)) continue;
    const label = one.closest("label");
    const box = (label && /^(checkbox|radio)$/.test(one.type) ? label : one).getBoundingClientRect();
    if (box.width < 24 || box.height < 24) {
      const size = `${Math.round(box.width)} by ${Math.round(box.height)} px`;
      faults.push(`target: ${nameOf(one)}: ${size}`);
    }
  }
  return faults;
};

// Frames that scroll must be reachable by keyboard.
const silentFrames = () => [...document.querySelectorAll("body *")].filter((element) => {
  const style = getComputedStyle(element);
  return /auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1
    && isShown(element) && !/^(textarea|input|select)$/.test(element.localName);
}).filter((element) => element.tabIndex < 0 && !element.querySelector("a[href], button, input, select"))
  .map((element) => `keyboard: ${nameOf(element)}: scrolls, but the keyboard does not reach it`);

const pageFaults = () => ({
  structure: structureFaults(),
  contrast: faintTexts(),
  width: widthFaults(),
  targets: smallTargets(),
  frames: silentFrames(),
});
