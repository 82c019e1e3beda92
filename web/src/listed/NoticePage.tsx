// /notice/<token>: what is stated about the person who got the letter, by whom, until when, and how to object.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconDoorExit, IconPrinter } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, hub, type Schemas } from "@/api/client";
import { Notice } from "@/answer/Notice";
import { Facts } from "@/parts/Facts";
import { LifeLadder } from "@/parts/LifeLadder";
import { dateOnly, dateTime } from "@/parts/times";
import { PublicShell } from "@/public/PublicShell";
import "@/portal/texts";
import "@/public/texts";
import classes from "@/public/public.module.css";
import "@/texts/listings";
import { CodeForm } from "./CodeForm";
import { Objection } from "./Objection";
import { dropLetter, useLetter } from "./token";
import "./texts";

type Found = Schemas["PersonPage"];

export function Component() {
  const { t } = useTranslation("listed");
  const token = useLetter("notice");
  const [found, setFound] = useState<Found | null>(null);
  const [code, setCode] = useState("");
  const [left, setLeft] = useState(false);
  const open = useMutation({
    mutationFn: (typed: string) => body(hub.POST("/alliance/v1/person/open", { body: { token, code: typed } })),
    onSuccess: (page, typed) => {
      setCode(typed);
      setFound(page);
      window.scrollTo(0, 0);
    },
  });
  useEffect(() => {
    document.title = t("noticeTitle");
  }, [t]);
  const leave = () => {
    dropLetter("notice");
    setFound(null);
    setCode("");
    setLeft(true);
  };
  return (
    <PublicShell home={{ to: "/alliance", label: t("alliance") }}>
      {left ? (
        <Notice text={t("left")} />
      ) : token === "" ? (
        <Notice text={t("noToken")} />
      ) : found === null ? (
        <CodeForm title={t("noticeTitle")} text={t("noticeText")} busy={open.isPending} error={open.error} onOpen={(typed) => open.mutate(typed)} onType={() => open.reset()} />
      ) : (
        <Page found={found} secret={{ token, code }} onChange={setFound} onLeave={leave} />
      )}
    </PublicShell>
  );
}

/** The member's name from the public directory; its id until that has come. */
function useMemberName(id: string): string {
  const directory = useQuery({ queryKey: ["public", "directory"], queryFn: ({ signal }) => body(api.GET("/public/alliance/directory", { signal })), retry: false });
  return directory.data?.items.find((one) => one.id === id)?.name ?? id;
}

function Page({ found, secret, onChange, onLeave }: { found: Found; secret: Schemas["PersonKey"]; onChange: (found: Found) => void; onLeave: () => void }) {
  const { t } = useTranslation("listed");
  const { t: words } = useTranslation("listings");
  const filer = useMemberName(found.filer);
  const appeal = found.appeal as { stage: "at_filer" | "at_ombudsman" | "decided"; outcome: "none" | "upheld" | "corrected" | "taken_back"; due_ms: number } | null;
  const active = typeof found.activated_ms === "number";
  return (
    <Stack gap="xl">
      <div>
        <Text size="sm" c="dimmed">{t("noticeTitle")}</Text>
        <Title order={1}>{words(`conduct.${found.conduct}`)}</Title>
        <Text mt="xs" fw={550}>{t(`statusText.${found.status as "active"}`, { defaultValue: found.status })}</Text>
        <Button variant="subtle" size="compact-sm" mt="xs" className={classes.noPrint} leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t("print")}</Button>
      </div>
      <Card component="section" withBorder padding="lg" radius="md">
        <Title order={2} size="h4" mb="xs">{t("stated")}</Title>
        <Facts
          facts={[
            [t("conduct"), words(`conduct.${found.conduct}`)],
            [t("severity"), words(`severity.${found.severity}`)],
            [t("filer"), filer],
            [t("proof"), words(`standard.${found.standard_of_proof}`)],
            [t("until"), active && found.expires_ms ? dateOnly(new Date(found.expires_ms)) : null],
            [t("attest"), active && found.attest_due_ms ? dateOnly(new Date(found.attest_due_ms)) : null],
          ]}
        />
      </Card>
      {appeal && (
        <Card component="section" withBorder padding="lg" radius="md">
          <Title order={2} size="h4" mb="xs">{t("appealOpen")}</Title>
          <Text>{t(`stage.${appeal.stage}`, { time: dateTime(new Date(appeal.due_ms)), outcome: words(`outcome.${appeal.outcome}`) })}</Text>
        </Card>
      )}
      <Objection found={found} secret={secret} onChange={onChange} />
      <Card component="section" withBorder padding="lg" radius="md">
        <Title order={2} size="h4" mb="md">{words("ladder")}</Title>
        <LifeLadder rungs={found.ladder} />
      </Card>
      <Card component="section" withBorder padding="lg" radius="md">
        <Title order={2} size="h4" mb="xs">{words("history")}</Title>
        <Stack component="ol" gap={6} m={0} p={0} style={{ listStyle: "none" }}>
          {(found.steps as { kind: string; time_ms: number }[]).map((step, at) => (
            <Group component="li" key={`${step.time_ms}-${at}`} justify="space-between" gap="sm">
              <Text size="sm">{words(`step.${step.kind}` as "ladder", { defaultValue: step.kind })}</Text>
              <Text size="sm" c="dimmed">{dateTime(new Date(step.time_ms))}</Text>
            </Group>
          ))}
        </Stack>
      </Card>
      <Card component="section" withBorder padding="lg" radius="md">
        <Title order={2} size="h4" mb="xs">{t("ombudsman")}</Title>
        <Text size="sm">{t("ombudsmanText")}</Text>
      </Card>
      <Group justify="flex-end" className={classes.noPrint}>
        <Button variant="subtle" color="gray" leftSection={<IconDoorExit size={16} />} onClick={onLeave}>{t("leave")}</Button>
      </Group>
    </Stack>
  );
}
