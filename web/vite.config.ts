import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// In development the pages come from here and the API from a running `probity serve`.
const server = process.env.PROBITY_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    assetsDir: "static",
    // Styles and pictures stay files: the content security policy allows nothing inline.
    assetsInlineLimit: 0,
    target: "es2021",
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: {
        manualChunks(id) {
          if (id.includes("/node_modules/@tabler/")) return undefined;
          // React's chunk loads first: what it needs must not lie in a chunk that needs React.
          if (id.includes("commonjsHelpers")) return "react";
          if (/\/node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run)\//.test(id)) return "react";
          if (/\/node_modules\/(@tanstack|i18next|react-i18next|openapi-fetch)/.test(id)) return "data";
          return undefined;
        },
      },
    },
  },
  server: { port: 5173, proxy: { "/api": { target: server, changeOrigin: false } } },
});
