// Reached as /answer#<token>: the link and its code, then the page of the accused or of the supplier's contact.
import { Button, Center, Group, Loader } from "@mantine/core";
import { IconDoorExit } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router-dom";
import { api } from "@/api/client";
import { asApiError } from "@/api/errors";
import { Failure } from "@/parts/Failure";
import { takeToken } from "@/portal/session";
import "@/portal/texts";
import { PublicShell } from "@/public/PublicShell";
import "@/public/texts";
import { AccusedPage } from "./AccusedPage";
import { LinkPage } from "./LinkPage";
import { Notice } from "./Notice";
import { RectifierPage } from "./RectifierPage";
import { useAnswerSession, type AnswerSession } from "./session";
import "./texts";

function Inside({ session, onLeave }: { session: AnswerSession; onLeave: () => void }) {
  const { t } = useTranslation("answering");
  return (
    <>
      {session.kind === "accused" ? <AccusedPage /> : <RectifierPage />}
      <Group justify="flex-end" mt="xl"><Button variant="subtle" color="gray" leftSection={<IconDoorExit size={16} />} onClick={onLeave}>{t("leave")}</Button></Group>
    </>
  );
}

export function Component() {
  const { t } = useTranslation("answering");
  const { hash } = useLocation();
  const queries = useQueryClient();
  const [token, setToken] = useState(takeToken);
  const [left, setLeft] = useState(false);
  // A second link pasted into the same tab changes the fragment only: it is another link.
  useEffect(() => {
    const listen = () => setToken(takeToken());
    listen();
    window.addEventListener("hashchange", listen);
    return () => window.removeEventListener("hashchange", listen);
  }, [hash]);
  const session = useAnswerSession(token === "" && !left);
  const leave = async () => {
    await api.DELETE("/answer/session").catch(() => undefined);
    queries.removeQueries({ queryKey: ["answer"] });
    setLeft(true);
  };
  const refusal = session.error ? asApiError(session.error) : null;
  return (
    <PublicShell organisation={session.data?.sender ? { name: session.data.sender } : undefined}>
      {token !== "" ? (
        <LinkPage key={token} token={token} onOpen={() => setToken("")} />
      ) : left ? (
        <Notice text={t("left")} />
      ) : refusal !== null ? (
        refusal.status === 401 ? <Notice text={t("ended")} /> : <Failure error={session.error} onRetry={() => void session.refetch()} />
      ) : session.data === undefined ? (
        <Center mih="40dvh"><Loader role="status" aria-label={t("loading")} /></Center>
      ) : (
        <Inside session={session.data} onLeave={() => void leave()} />
      )}
    </PublicShell>
  );
}
