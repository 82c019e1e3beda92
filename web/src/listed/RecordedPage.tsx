// /recorded/<token>: the ombudsman's answer to somebody who asked what is recorded about them. It looks the same, and takes
// as long, when nothing is.
import { Alert, Button, Card, Group, List, Stack, Text, Title } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { Notice } from "@/answer/Notice";
import { currentLocale } from "@/i18n";
import { Facts } from "@/parts/Facts";
import { LifeLadder } from "@/parts/LifeLadder";
import { dateOnly, dateTime } from "@/parts/times";
import { PublicShell } from "@/public/PublicShell";
import "@/portal/texts";
import "@/public/texts";
import classes from "@/public/public.module.css";
import "@/texts/listings";
import { CodeForm } from "./CodeForm";
import { dropLetter, useLetter } from "./token";
import "./texts";

type Answer = Schemas["RecordedAnswer"];

export function Component() {
  const { t } = useTranslation("listed");
  const token = useLetter("recorded");
  const [answer, setAnswer] = useState<Answer | null>(null);
  const open = useMutation({
    mutationFn: (code: string) => body(api.POST("/public/recorded", { body: { token, code } })),
    onSuccess: (found) => {
      dropLetter("recorded");
      setAnswer(found);
      window.scrollTo(0, 0);
    },
  });
  useEffect(() => {
    document.title = t("recordedTitle");
  }, [t]);
  return (
    <PublicShell home={{ to: "/alliance", label: t("alliance") }}>
      {answer ? (
        <Page answer={answer} />
      ) : token === "" ? (
        <Notice text={t("noToken")} />
      ) : (
        <CodeForm title={t("recordedTitle")} text={t("recordedText")} busy={open.isPending} error={open.error} onOpen={(code) => open.mutate(code)} onType={() => open.reset()} />
      )}
    </PublicShell>
  );
}

function Page({ answer }: { answer: Answer }) {
  const { t } = useTranslation("listed");
  const { recorded, looked_at_this_part: looked } = answer;
  return (
    <Stack gap="xl">
      <div>
        <Text size="sm" c="dimmed">{t("recordedTitle")}</Text>
        <Title order={1}>{recorded.length === 0 ? t("nothing") : t("entries", { count: recorded.length })}</Title>
        {recorded.length === 0 && <Text mt="xs">{t("nothingText", { time: dateTime(answer.asked_at) })}</Text>}
      </div>
      <Alert color="yellow" className={classes.noPrint}>
        <Group justify="space-between">
          <Text size="sm">{t("onceOnly")}</Text>
          <Button size="xs" variant="default" leftSection={<IconPrinter size={14} />} onClick={() => window.print()}>{t("print")}</Button>
        </Group>
      </Alert>
      {recorded.map((entry) => <Entry key={entry.reference} entry={entry} />)}
      <Card component="section" withBorder padding="lg" radius="md">
        <Title order={2} size="h4" mb="xs">{t("looked")}</Title>
        <Text size="sm" c="dimmed" mb="sm">{t("lookedText")}</Text>
        {looked.length === 0 ? (
          <Text size="sm">{t("lookedNone")}</Text>
        ) : (
          <List size="sm">{looked.map((one) => <List.Item key={one.member}>{one.member}: {t("lookedTimes", { count: one.times, time: dateOnly(one.last) })}</List.Item>)}</List>
        )}
      </Card>
      <Card component="section" withBorder padding="lg" radius="md">
        <Facts facts={[[t("askedAt"), dateTime(answer.asked_at)], [t("answeredBy"), answer.answered_by], [t("papers"), answer.papers_seen]]} />
        <Text size="sm" mt="sm">{t("ombudsmanText")}</Text>
      </Card>
    </Stack>
  );
}

function Entry({ entry }: { entry: Schemas["RecordedEntry"] }) {
  const { t } = useTranslation("listed");
  const { t: words } = useTranslation("listings");
  const life = entry.life as (Partial<Schemas["ListingLife"]> & Record<string, unknown>) | null | undefined;
  return (
    <Card component="section" withBorder padding="lg" radius="md">
      <Title order={2} size="h4" mb="xs">{currentLocale() === "zh" ? entry.conduct_zh : entry.conduct_en}</Title>
      {life?.status && <Text fw={550} mb="sm">{t(`statusText.${life.status as "active"}`, { defaultValue: life.status })}</Text>}
      <Facts
        facts={[
          [t("filer"), entry.filer],
          [t("contact"), entry.contact],
          [t("reference"), entry.reference],
          [t("severity"), words(`severity.${entry.severity as "minor"}`, { defaultValue: entry.severity })],
          [t("until"), life?.expires_at && dateOnly(life.expires_at)],
        ]}
      />
      {life?.ladder && life.ladder.length > 0 && (
        <Stack gap="sm" mt="lg">
          <Title order={3} size="h5">{words("ladder")}</Title>
          <LifeLadder rungs={life.ladder} />
        </Stack>
      )}
      {entry.decisions.length > 0 && (
        <Stack gap="xs" mt="lg">
          <Title order={3} size="h5">{t("decisionsTitle")}</Title>
          {entry.decisions.map((one) => (
            <div key={one.at}>
              <Text size="xs" c="dimmed">{dateTime(one.at)}{one.outcome && ` · ${words(`outcome.${one.outcome as "upheld"}`, { defaultValue: one.outcome })}`}</Text>
              <Text size="sm" className={classes.body}>{one.reasons}</Text>
            </div>
          ))}
        </Stack>
      )}
      {entry.may_object && <Alert variant="light" mt="lg">{t("mayObject")}</Alert>}
    </Card>
  );
}
