/** The part of the build that is the phone app's: its budget, its service worker, its packing. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";

import { build, type Plugin } from "vite";

const ENTRY = "frontend/field/main.ts";
const WORKER = "frontend/field/sw.ts";
const SERVED_AT = "/static/web/dist/";
const PAGE = ["src/senhong/sync/templates/sync/shell.html", "src/senhong/sync/views/shell.py"];
const MOST_BYTES = 80_000; // compressed; fonts, and what is loaded when it is needed, apart

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
  dynamicImports?: string[];
}
type Manifest = Record<string, Chunk>;

/** After each build: weigh the shell, build the worker that keeps it, pack everything. */
export function fieldApp(release: string): Plugin {
  let folder = "";
  return {
    name: "senhong-field",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const manifest = readManifest(folder);
      weigh(folder, [...filesOf(manifest, ENTRY, false)]);
      await buildWorker(folder, { __SHELL__: JSON.stringify(kept(manifest, release)) });
      pack(folder);
    },
  };
}

function readManifest(folder: string): Manifest {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- Vite has just written it
  const manifest: Manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, "utf-8"));
  return manifest;
}

/** An entry and what it imports, each once. */
function filesOf(
  manifest: Manifest,
  name: string,
  dynamic: boolean,
  seen = new Set<string>(),
): Set<string> {
  const chunk = manifest[name];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const file of chunk.css ?? []) seen.add(file);
  const imports = [...(chunk.imports ?? []), ...(dynamic ? (chunk.dynamicImports ?? []) : [])];
  for (const one of imports) filesOf(manifest, one, dynamic, seen);
  return seen;
}

/** The shell is what a phone loads before the first tap. Too heavy, and there is no build. */
function weigh(folder: string, files: readonly string[]): void {
  const sizes = files.map(
    (file) => gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length,
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const said = `The phone's shell: ${(total / 1000).toFixed(1)} kB compressed of ${String(MOST_BYTES / 1000)}.`;
  if (total > MOST_BYTES) throw new Error(`${said} ${files.join(", ")}`);
  console.log(said);
}

/** Beside each text its packed twin: the server, also without a proxy before it, sends that one. */
function pack(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf-8" })) {
    if (!/\.(js|css)$/.test(name)) continue;
    const packed = gzipSync(readFileSync(`${folder}/${name}`), { level: 9 });
    writeFileSync(`${folder}/${name}.gz`, packed);
  }
}

function kept(manifest: Manifest, release: string): { url: string; revision: string | null }[] {
  const fonts = Object.entries(manifest)
    .filter(([name]) => name.startsWith("frontend/fonts/"))
    .map(([, { file }]) => file);
  const files = [...new Set([...filesOf(manifest, ENTRY, true), ...fonts])].sort();
  const assets = files.map((file) => ({ url: `${SERVED_AT}${file}`, revision: null }));
  // The page names the assets by their digests, so it is another one when they are, or when what
  // makes it is: else phones would go on with the page that they have.
  const page = PAGE.map((file) => readFileSync(file, "utf-8"));
  const revision = createHash("sha256")
    .update([release, ...files, ...page].join("\n"))
    .digest("hex");
  return [{ url: "/field/", revision }, ...assets];
}

async function buildWorker(folder: string, define: Record<string, string>): Promise<void> {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    define,
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: ["chrome99", "safari16", "firefox100"],
      rolldownOptions: {
        input: WORKER,
        output: { format: "iife", entryFileNames: "field-sw.js" },
      },
    },
  });
}
