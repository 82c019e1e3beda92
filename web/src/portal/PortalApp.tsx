// The recipient's pages, reached as /r#<token>: the link and its code, then everything that is theirs.
import { Center, Loader } from "@mantine/core";
import { lazy, Suspense, useEffect, useState } from "react";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Route, Routes, useLocation } from "react-router-dom";
import { asApiError } from "@/api/errors";
import "./texts";
import { HomePage } from "./pages/HomePage";
import { LinkPage } from "./pages/LinkPage";
import { NoticePage } from "./pages/NoticePage";
import { Shell } from "./parts/Shell";
import { takeToken, useHome, type Home } from "./session";

const CommitmentPage = lazy(() => import("./pages/CommitmentPage"));
const CopiesPage = lazy(() => import("./pages/CopiesPage"));
const FramesPage = lazy(() => import("./frames/FramesPage"));
const InvitePage = lazy(() => import("./pages/InvitePage"));
const SlipPage = lazy(() => import("./pages/SlipPage"));

function Waiting() {
  const { t } = useTranslation("portal");
  return (
    <Center mih="40dvh">
      <Loader aria-label={t("loading")} role="status" />
    </Center>
  );
}

/** The sender wrote in the recipient's language; a choice made on this device goes before it. */
export function followLocale(locale: "en" | "zh"): void {
  if (localStorage.getItem("probity.locale") === null && i18next.language !== locale) void i18next.changeLanguage(locale);
}

function Inside({ home }: { home: Home }) {
  useEffect(() => followLocale(home.locale), [home.locale]);
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route index element={<HomePage home={home} />} />
        <Route path="commitments/:id" element={<CommitmentPage home={home} />} />
        <Route path="copies" element={<CopiesPage home={home} />} />
        <Route path="copies/:copy" element={<CopiesPage home={home} />} />
        <Route path="invite" element={<InvitePage home={home} />} />
        <Route path="shoots/:shoot" element={<FramesPage />} />
        <Route path="slip" element={<SlipPage home={home} />} />
        <Route path="*" element={<NoticePage kind="lost" />} />
      </Routes>
    </Suspense>
  );
}

/** Everything that needs a session, which the home proves. */
function Session() {
  const home = useHome();
  const refusal = home.error === null ? null : asApiError(home.error);
  if (refusal?.status === 401) return <Shell home={null}><NoticePage kind="ended" /></Shell>;
  if (home.data !== undefined) return <Shell home={home.data}><Inside home={home.data} /></Shell>;
  return (
    <Shell home={null}>
      {refusal === null ? <Waiting /> : <NoticePage kind="trouble" error={refusal} again={() => void home.refetch()} />}
    </Shell>
  );
}

export default function PortalApp() {
  const { pathname, hash } = useLocation();
  const [token, setToken] = useState(takeToken);
  // A second link pasted into the same tab changes the fragment only: it is another link.
  useEffect(() => {
    const listen = () => setToken(takeToken());
    listen();
    window.addEventListener("hashchange", listen);
    return () => window.removeEventListener("hashchange", listen);
  }, [hash]);
  if (pathname === "/r/left") return <Shell home={null}><NoticePage kind="left" /></Shell>;
  if (token !== "") return <Shell home={null}><LinkPage key={token} token={token} onOpen={() => setToken("")} /></Shell>;
  return <Session />;
}
