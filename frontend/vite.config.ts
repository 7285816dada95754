import { existsSync } from "node:fs";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { iconSprite } from "./build/icons.ts";
import { compressedSizes } from "./build/sizes.ts";

/** The page asks for an entry by the name of its file: `{% frontend_entry "site" %}`. */
const ENTRIES = ["site", "theater", "ingest", "statement", "terms"]
  .map((name) => `src/${name}.ts`)
  .filter((path) => existsSync(path));

export default defineConfig({
  base: "/static/",
  plugins: [tailwindcss(), iconSprite(), compressedSizes()],
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // hls.js and ECharts are that large, and loaded only by pages that need them.
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      // htmx holds an eval that `allowEval = false` and the content policy both keep from running.
      checks: { eval: false, bundlerTimings: false },
      input: [...ENTRIES, "styles/site.css", "styles/fonts.css"],
    },
  },
});
