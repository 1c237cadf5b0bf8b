// The icons: strokes on a 24 by 24 grid, drawn for this widget; decoration only, so hidden from screen readers.

const SHAPES = {
  chat: "M12 4c-4.7 0-8.5 3-8.5 6.9 0 2.2 1.2 4.1 3.1 5.400L6 20l4.2-2.200c.6.1 1.2.1 1.8.1 4.7 0 8.5-3.1 8.5-7S16.7 4 12 4Z",
  close: "M6 6l12 12M18 6 6 18",
  down: "M6 9.500l6 6 6-6",
  send: "M12 19V5M5.5 11.5 12 5l6.5 6.5",
  stop: "M7.5 7.500h9v9h-9z",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  good: "M7.5 11v8.500H5A1 1 0 0 1 4 18.500V12a1 1 0 0 1 1-1h2.500Zm0 0 3.7-6.500c1.3 0 2.3 1 2.3 2.300V10h4.700a1.8 1.8 0 0 1 1.8 2.100l-1 5.900a1.8 1.8 0 0 1-1.8 1.500H7.5",
  bad: "M16.5 13V4.500H19a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1h-2.500Zm0 0-3.7 6.500c-1.3 0-2.3-1-2.3-2.300V14H5.800A1.8 1.8 0 0 1 4 11.900L5 6a1.8 1.8 0 0 1 1.8-1.500h9.7",
  out: "M9 6H5.500v12.500H18V15M13 5.500h5.500V11M18 6l-7.5 7.5",
  person: "M12 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5 19.500c.8-3.3 3.5-5 7-5s6.2 1.7 7 5",
  again: "M5 12a7 7 0 1 0 2.2-5.100M5 5v3.500h3.5",
  keep: "M7 4.500h10v15l-5-3.5-5 3.500z",
  download: "M12 4.500v10M7.5 10.500l4.5 4 4.5-4M5 19h14",
  erase: "M5 7.500h14M9.5 7V4.500h5V7M7 7.500l.8 12h8.400l.8-12",
  check: "M5.5 12.500l4 4 9-9",
};

/** @typedef {keyof typeof SHAPES} IconName */

/** @param {IconName} name @returns {SVGElement} */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}
