// Addresses of all pages. The recipient's pages and the staff's load apart.
import { createBrowserRouter } from "react-router-dom";
import { NotFound } from "./NotFound";
import { RouteError } from "./RouteError";

export const router = createBrowserRouter(
  [
    {
      errorElement: <RouteError />,
      children: [
        { path: "/r/*", lazy: async () => ({ Component: (await import("@/portal/PortalApp")).default }) },
        { path: "*", Component: NotFound },
      ],
    },
  ],
  { future: { v7_relativeSplatPath: true, v7_fetcherPersist: true, v7_normalizeFormMethod: true, v7_partialHydration: true } },
);
