// Bundles core/kitwright/serve/page/widget into one widget.js: `node bundle.js FOLDER_OF_TOOLS OUT`.
// Style sheets become minified text, since the widget constructs them itself.

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [tools, out] = process.argv.slice(2);
const esbuild = createRequire(resolve(tools, "package.json"))("esbuild");
const page = resolve(import.meta.dirname, "../../../core/kitwright/serve/page");

const styles = {
  name: "style sheets as text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: "chrome123" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const { outputFiles } = await esbuild.build({
  entryPoints: [resolve(page, "widget/index.js")],
  absWorkingDir: page,
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/* Kitwright's chat widget, Apache-2.0. Made by `make widget` from page/widget; not to be edited. */" },
  plugins: [styles],
});
await writeFile(out, outputFiles[0].text);
