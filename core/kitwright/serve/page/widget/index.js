// The bundle's way in: what `/widget.js` does when a page loads it.

import { KitwrightChat } from "./element.js";
import { mount, start } from "./loader.js";

/** @type {any} */ (window).Kitwright = Object.freeze({ mount, KitwrightChat });
start(document.currentScript);
