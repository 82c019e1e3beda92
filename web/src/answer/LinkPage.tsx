// What a link of an accused or a supplier's contact opens: whose letter it is, and the one-time code.
import { Anchor, Button, Card, Center, Group, Loader, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, setCsrfToken } from "@/api/client";
import { asApiError } from "@/api/errors";
import { Failure } from "@/parts/Failure";
import { dropToken } from "@/portal/session";
import { followLocale } from "@/portal/PortalApp";
import { keys } from "./session";
import { Notice } from "./Notice";

export function LinkPage({ token, onOpen }: { token: string; onOpen: () => void }) {
  const { t } = useTranslation("answering");
  const queries = useQueryClient();
  const [code, setCode] = useState("");
  const link = useQuery({
    queryKey: ["answer", "link", token],
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: () => body(api.POST("/answer/link", { body: { token } })),
  });
  const resend = useMutation({ mutationFn: () => body(api.POST("/answer/link", { body: { token, resend: true } })) });
  const open = useMutation({
    mutationFn: (value: string) => body(api.POST("/answer/session", { body: { token, code: value } })),
    onSuccess: (session) => {
      dropToken();
      setCsrfToken(session.csrf_token);
      queries.setQueryData([...keys.session], session);
      onOpen();
    },
  });
  const locale = link.data?.locale;
  useEffect(() => {
    if (locale) followLocale(locale);
  }, [locale]);
  if (link.error) {
    const { status } = asApiError(link.error);
    if (status === 404 || status === 410 || status === 400) return <Notice text={t("unknownLink")} />;
    return <Failure error={link.error} onRetry={() => void link.refetch()} />;
  }
  if (link.data === undefined) return <Center mih="40dvh"><Loader role="status" aria-label={t("loading")} /></Center>;
  const wrong = open.error !== null && [400, 401, 410].includes(asApiError(open.error).status);
  return (
    <Stack maw={440} mx="auto">
      <Card withBorder padding="xl" radius="lg">
        <form onSubmit={(event) => { event.preventDefault(); open.mutate(code); }}>
          <Stack gap="lg">
            <div>
              <Text size="sm" c="dimmed">{t(link.data.kind === "accused" ? "fromAccused" : "fromRectifier")}</Text>
              <Title order={1} size="h2" style={{ overflowWrap: "anywhere" }}>{link.data.organisation}</Title>
            </div>
            {link.data.masked_email && <Text>{t("sent", { email: link.data.masked_email })}</Text>}
            <TextInput label={t("code")} value={code} size="lg" inputMode="numeric" autoComplete="one-time-code" name="code" maxLength={12} autoFocus data-autofocus
              error={wrong ? t("wrong") : undefined} onChange={(event) => { setCode(event.currentTarget.value.replace(/\D/g, "").slice(0, 6)); open.reset(); }} />
            {!wrong && <Failure error={open.error} />}
            <Button type="submit" size="lg" fullWidth loading={open.isPending} disabled={code.length < 6}>{t("open")}</Button>
            <Anchor component="button" type="button" size="sm" ta="center" disabled={resend.isPending} onClick={() => resend.mutate()}>{t("resend")}</Anchor>
            <Text size="sm" role="status" ta="center">{resend.isSuccess ? t("resent") : ""}</Text>
            <Failure error={resend.error} />
          </Stack>
        </form>
      </Card>
      <Group gap={8} wrap="nowrap" align="flex-start" c="dimmed">
        <IconShieldLock size={18} style={{ flex: "none", marginTop: 2 }} aria-hidden />
        <Text size="sm">{t("private")}</Text>
      </Group>
    </Stack>
  );
}
