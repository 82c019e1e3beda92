// What other members say: seen here too, or false; and replies, one level deep.
import { Anchor, Badge, Button, Card, Group, NumberInput, Stack, Text, Textarea, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { FormDialog, missing } from "@/parts/FormDialog";
import { Moment } from "@/parts/Moment";
import { SectionHeader } from "@/parts/SectionHeader";
import { type BulletinView, concerned } from "./acts";

const plain = { listStyle: "none" } as const;

export function Sightings({ found, writes }: { found: BulletinView; writes: boolean }) {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  const [verdict, setVerdict] = useState<"seen" | "false" | null>(null);
  const all = found.sightings ?? [];
  return (
    <Card>
      <SectionHeader title={t("sightings")} text={t("sightingsText")}>
        {writes && !found.is_own && (
          <Group gap="xs">
            <Button size="sm" variant="default" onClick={() => setVerdict("seen")}>{t("seen")}</Button>
            <Button size="sm" variant="default" onClick={() => setVerdict("false")}>{t("isFalse")}</Button>
          </Group>
        )}
      </SectionHeader>
      {all.length === 0 && <Text size="sm">{t("sightingsNone")}</Text>}
      <Stack component="ul" gap="xs" m={0} p={0} style={plain}>
        {all.map((one, at) => (
          <Group component="li" key={`${one.at}-${at}`} gap="xs" align="flex-start" wrap="nowrap">
            <Badge color={one.verdict === "seen" ? "orange" : "gray"} style={{ flex: "none" }}>{t(`sighting.${one.verdict}`)}{one.verdict === "seen" && one.count > 1 && ` × ${one.count}`}</Badge>
            <div>
              <Text size="sm">{one.note || one.by || t("aMember")}</Text>
              <Text size="xs" c="dimmed">{one.note && `${one.by ?? t("aMember")} · `}<Moment at={one.at} /></Text>
            </div>
          </Group>
        ))}
      </Stack>
      <FormDialog
        opened={verdict !== null}
        onClose={() => setVerdict(null)}
        title={verdict === "false" ? t("isFalse") : t("seen")}
        submit={common("save")}
        initial={() => ({ count: 1, note: "" })}
        run={({ count, note }) =>
          body(api.POST("/bulletins/{bulletin}/sightings", { params: { path: { bulletin: found.id } }, body: { verdict: verdict ?? "seen", ...(verdict === "seen" ? { count } : {}), ...(note.trim() ? { note: note.trim() } : {}) } }))
        }
        done={t("said")}
        refresh={concerned}
      >
        {(form) => (
          <>
            {verdict === "seen" && <NumberInput label={t("howOften")} min={1} max={1_000_000} allowDecimal={false} {...form.getInputProps("count")} />}
            <Textarea label={t("note")} description={t("noteHint")} autosize minRows={2} maxLength={1000} {...form.getInputProps("note")} />
          </>
        )}
      </FormDialog>
    </Card>
  );
}

export function Thread({ found, writes }: { found: BulletinView; writes: boolean }) {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  const [to, setTo] = useState<{ id: string | null } | null>(null);
  const thread = found.thread ?? [];
  const head = (by: string | null, by_author: boolean, at: string) => (
    <Text size="xs" c="dimmed">{by ?? t("aMember")}{by_author && ` (${t("byAuthor")})`} · <Moment at={at} /></Text>
  );
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">{t("replies")}</Title>
        {writes && <Button size="sm" variant="default" onClick={() => setTo({ id: null })}>{t("reply")}</Button>}
      </Group>
      {thread.length === 0 && <Text size="sm">{t("repliesNone")}</Text>}
      <Stack component="ul" gap="md" m={0} p={0} style={plain}>
        {thread.map((one) => (
          <li key={one.id}>
            {head(one.by, one.by_author, one.at)}
            <Text size="sm" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>{one.text}</Text>
            {one.answers.length > 0 && (
              <Stack component="ul" gap="xs" my="xs" ml="md" p={0} pl="md" style={{ ...plain, borderLeft: "2px solid var(--mantine-color-default-border)" }}>
                {one.answers.map((answer) => (
                  <li key={answer.id}>
                    {head(answer.by, answer.by_author, answer.at)}
                    <Text size="sm" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>{answer.text}</Text>
                  </li>
                ))}
              </Stack>
            )}
            {writes && <Anchor component="button" type="button" size="xs" onClick={() => setTo({ id: one.id })}>{t("replyTo")}</Anchor>}
          </li>
        ))}
      </Stack>
      <FormDialog
        opened={to !== null}
        onClose={() => setTo(null)}
        title={t("reply")}
        text={t("replyText")}
        submit={t("reply")}
        initial={() => ({ text: "" })}
        validate={(values) => missing(values, ["text"], common("required"))}
        run={({ text }) => body(api.POST("/bulletins/{bulletin}/replies", { params: { path: { bulletin: found.id } }, body: { text: text.trim(), ...(to?.id ? { to: to.id } : {}) } }))}
        done={t("said")}
        refresh={concerned}
      >
        {(form) => <Textarea label={t("reply")} description={t("noteHint")} required autosize minRows={3} maxLength={4000} data-autofocus {...form.getInputProps("text")} />}
      </FormDialog>
    </Card>
  );
}

/** A note field that sends at once, as joint cases have it. */
export function NoteForm({ label, send, refresh, done }: { label: string; send: (text: string) => Promise<unknown>; refresh: string[]; done: string }) {
  const [text, setText] = useState("");
  const act = useAct((words: string) => send(words), { done, refresh, quiet: true, onSuccess: () => setText("") });
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (text.trim()) act.mutate(text.trim()); }}>
      <Stack gap="xs">
        <Textarea label={label} autosize minRows={2} maxLength={4000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Failure error={act.error} />
        <Button type="submit" size="sm" variant="default" loading={act.isPending} disabled={!text.trim()} style={{ alignSelf: "flex-end" }}>{label}</Button>
      </Stack>
    </form>
  );
}
