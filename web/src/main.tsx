import "@fontsource-variable/inter";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./base.css";
import "./i18n";
import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router-dom";
import { ApiError } from "./api/errors";
import { router } from "./app/router";
import { cssVariables, theme } from "./theme";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Only what may be luck is tried again.
      retry: (count, error) => count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 502),
    },
  },
});

const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute("content") ?? undefined;

// Under this name the library that locks the page's scrolling behind a dialog looks for it.
if (nonce) (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce;

function App() {
  const { t } = useTranslation();
  // The cross of every dialog says what it does, in the reader's language.
  const spoken = useMemo(() => mergeThemeOverrides(theme, { components: { CloseButton: { defaultProps: { "aria-label": t("close") } } } }), [t]);
  return (
    <MantineProvider theme={spoken} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={nonce ? () => nonce : undefined}>
      <QueryClientProvider client={queries}>
        <ModalsProvider labels={{ confirm: t("confirm"), cancel: t("cancel") }}>
          <Notifications position="bottom-right" />
          <RouterProvider router={router} future={{ v7_startTransition: true }} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
