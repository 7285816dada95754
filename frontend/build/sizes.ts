import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const WORTH_COMPRESSING = /\.(?:js|css|svg|json|webmanifest)$/;
const SMALLEST_WORTH_COMPRESSING_BYTES = 512;

interface Size {
  readonly bytes: number;
  readonly brotli_bytes: number;
}

function brotli(content: Buffer): Buffer {
  return brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Compresses text files beside themselves for the static server, and writes `sizes.json`. */
export function compressedSizes(): Plugin {
  let folder = "dist";
  return {
    name: "duanju-compressed-sizes",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      const sizes: Record<string, Size> = {};
      for (const path of filesIn(folder).sort()) {
        if (!WORTH_COMPRESSING.test(path) || path.endsWith("sizes.json")) continue;
        const content = readFileSync(path);
        const small = brotli(content);
        sizes[relative(folder, path)] = { bytes: content.length, brotli_bytes: small.length };
        if (content.length < SMALLEST_WORTH_COMPRESSING_BYTES) continue;
        writeFileSync(`${path}.br`, small);
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
      writeFileSync(join(folder, "sizes.json"), `${JSON.stringify(sizes, null, 1)}\n`);
    },
  };
}
