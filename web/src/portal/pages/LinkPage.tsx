// What a link opens: who sent it, and the one-time code that proves the mailbox.
import { Anchor, Button, Card, Center, Group, Loader, Stack, Text, TextInput } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { asApiError, type ApiError } from "@/api/errors";
import { followLocale } from "../PortalApp";
import { PageTitle } from "../parts/PageTitle";
import { Refusal } from "../parts/Refusal";
import { acceptHome, dropToken } from "../session";
import { NoticePage } from "./NoticePage";
import classes from "../portal.module.css";

const codeLength = 6;

function useSecondsUntil(instant_ms: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 500);
    return () => window.clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((instant_ms - now) / 1000));
}

function Resend({ token, retryAfter_s, byMail }: { token: string; retryAfter_s: number; byMail: boolean }) {
  const { t } = useTranslation("portal");
  const [until, setUntil] = useState(() => Date.now() + retryAfter_s * 1000);
  const left = useSecondsUntil(until);
  const resend = useMutation({
    mutationFn: () => body(api.POST("/recipient/link", { body: { token, resend: true } })),
    onSuccess: (state) => setUntil(Date.now() + (state.retry_after_s ?? 0) * 1000),
  });
  return (
    <Stack gap={6} align="center">
      {left > 0 ? (
        <Text size="sm" c="dimmed" className="figures">{t("link.resendIn", { count: left })}</Text>
      ) : (
        <Anchor component="button" type="button" size="sm" py={6} onClick={() => resend.mutate()} disabled={resend.isPending}>
          {t(byMail ? "link.resend" : "link.mailOne")}
        </Anchor>
      )}
      <Text size="sm" role="status">{resend.isSuccess ? t("link.resent") : ""}</Text>
      <Refusal error={resend.error ? asApiError(resend.error) : null} />
    </Stack>
  );
}

function CodeForm({ token, state, onOpen, onGone }: { token: string; state: Schemas["LinkState"]; onOpen: () => void; onGone: (error: ApiError) => void }) {
  const { t } = useTranslation("portal");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [code, setCode] = useState("");
  const [renewed, setRenewed] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const open = useMutation({
    mutationFn: (value: string) => body(api.POST("/recipient/session", { body: { token, code: value } })),
    onSuccess: (home) => {
      dropToken();
      queries.removeQueries({ queryKey: ["recipient"] });
      acceptHome(queries, home);
      // With one thing to do there is nothing to choose: go there.
      const [only, another] = home.pending.filter((row) => row.step !== "wait");
      navigate(only !== undefined && another === undefined ? `/r/commitments/${only.id}` : "/r", { replace: true });
      onOpen();
    },
    onError: (cause) => {
      const error = asApiError(cause);
      if (error.status === 404) onGone(error);
      if (error.status === 410) renew.mutate();
      input.current?.focus();
      input.current?.select();
    },
  });
  // Either the code is past its time or the link is; looking at the link tells, and mails a fresh code where it can.
  const renew = useMutation({
    mutationFn: () => body(api.POST("/recipient/link", { body: { token } })),
    onSuccess: () => {
      setCode("");
      open.reset();
      setRenewed((times) => times + 1);
    },
    onError: (cause) => {
      const error = asApiError(cause);
      if (error.status === 410 || error.status === 404) onGone(error);
    },
  });
  const error = open.error ? asApiError(open.error) : null;
  const wrong = error !== null && (error.status === 401 || error.status === 400);
  const submit = (value: string) => {
    if (value.length >= codeLength && !open.isPending) open.mutate(value);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(code); }}>
      <Stack gap="md">
        <TextInput ref={input} classNames={{ root: classes.code }} label={t("link.code")} description={t("link.codeHint", { count: codeLength })}
          value={code} placeholder="••••••" name="code" inputMode="numeric" autoComplete="one-time-code" pattern="[0-9]*" enterKeyHint="go" data-autofocus autoFocus
          maxLength={12} spellCheck={false} error={wrong ? t("link.wrong") : undefined}
          onChange={(event) => {
            // Mail programs add blanks when a code is copied.
            const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, codeLength);
            setCode(digits);
            if (open.isError) open.reset();
            if (digits.length === codeLength) submit(digits);
          }} />
        <Text size="sm" role="status">{renewed > 0 ? t("link.renewed") : ""}</Text>
        {error !== null && !wrong && error.status !== 410 ? <Refusal error={error} /> : null}
        <Refusal error={renew.error ? asApiError(renew.error) : null} />
        <Button type="submit" size="lg" fullWidth loading={open.isPending}>{t("link.open")}</Button>
        {state.masked_email ? <Resend key={renewed} token={token} retryAfter_s={renewed > 0 ? 60 : (state.retry_after_s ?? 0)} byMail={state.code_sent} /> : null}
      </Stack>
    </form>
  );
}

export function LinkPage({ token, onOpen }: { token: string; onOpen: () => void }) {
  const { t } = useTranslation("portal");
  const [gone, setGone] = useState<ApiError | null>(null);
  const link = useQuery({
    queryKey: ["link", token],
    queryFn: () => body(api.POST("/recipient/link", { body: { token } })),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const locale = link.data?.locale;
  useEffect(() => {
    if (locale) followLocale(locale);
  }, [locale]);
  const error = gone ?? (link.error ? asApiError(link.error) : null);
  if (error !== null) {
    // A link of no use must not come back at each reload.
    if (error.status === 404 || error.status === 400 || error.status === 410) dropToken();
    if (error.status === 410) return <NoticePage kind="expired" />;
    if (error.status === 404 || error.status === 400) return <NoticePage kind="unknown" />;
    return <NoticePage kind="trouble" error={error} again={() => void link.refetch()} />;
  }
  if (link.data === undefined) return <Center mih="40dvh"><Loader role="status" aria-label={t("loading")} /></Center>;
  const state = link.data;
  return (
    <div className={classes.small}>
      <Card padding="xl" mt={{ base: 8, sm: 40 }} radius="lg">
        <Stack gap="lg">
          <div>
            <Text size="sm" c="dimmed" mb={4}>{t("link.from")}</Text>
            <PageTitle name={state.organisation}>{state.organisation}</PageTitle>
          </div>
          <Text>
            <Trans t={t} i18nKey={state.code_sent ? "link.sent" : "link.have"} values={{ email: state.masked_email }} components={{ b: <Text span fw={600} style={{ overflowWrap: "anywhere" }} /> }} />
          </Text>
          <CodeForm token={token} state={state} onOpen={onOpen} onGone={setGone} />
        </Stack>
      </Card>
      <Group gap={8} mt="md" px="xs" wrap="nowrap" align="flex-start" c="dimmed">
        <IconShieldLock size={18} style={{ flex: "none", marginTop: 2 }} aria-hidden />
        <Text size="sm">{t("link.why")}</Text>
      </Group>
    </div>
  );
}
