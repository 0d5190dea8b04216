import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "src/senhong/web/static/web/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["chrome99", "safari15.4", "firefox100"],
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        main: "frontend/main.ts",
        style: "frontend/main.css",
        "be-vietnam-pro-400": "frontend/fonts/be-vietnam-pro-400.woff2",
        "be-vietnam-pro-700": "frontend/fonts/be-vietnam-pro-700.woff2",
      },
    },
  },
  test: { environment: "jsdom", include: ["frontend/**/*.test.ts"] },
});
