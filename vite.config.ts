import { readFileSync } from "node:fs";

import { defineConfig } from "vitest/config";

import { fieldApp } from "./frontend/field/build.ts";

const release = /^version = "(.*)"$/m.exec(readFileSync("pyproject.toml", "utf-8"))?.[1] ?? "0";

export default defineConfig({
  base: "./",
  publicDir: false,
  define: { __VERSION__: JSON.stringify(release) },
  plugins: [fieldApp(release)],
  build: {
    outDir: "src/senhong/web/static/web/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    // Safari 15.4 has private members too; "16" keeps them from becoming WeakMaps for a rare fault.
    target: ["chrome99", "safari16", "firefox100"],
    cssTarget: ["chrome99", "safari15.4", "firefox100"],
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        main: "frontend/main.ts",
        style: "frontend/main.css",
        field: "frontend/field/main.ts",
        "be-vietnam-pro-400": "frontend/fonts/be-vietnam-pro-400.woff2",
        "be-vietnam-pro-700": "frontend/fonts/be-vietnam-pro-700.woff2",
      },
    },
  },
  test: { environment: "jsdom", include: ["frontend/**/*.test.ts"], testTimeout: 20_000 },
});
