// "I slipped": an own mistake, reported at once. Four short answers, written for someone who is worried.
import { Alert, Anchor, Button, Card, Chip, Group, Select, Stack, Switch, Text, TextInput, Textarea } from "@mantine/core";
import { IconHeartHandshake } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body } from "@/api/client";
import { PageTitle } from "../parts/PageTitle";
import { Refusal } from "../parts/Refusal";
import { SlipList } from "../parts/SlipList";
import { canSlip, keys, serverNow, useRefusal, type CommitmentRow, type Home, type Slip } from "../session";
import { instantIn, localZone, toLocalField, zoneName } from "../time";
import classes from "../portal.module.css";

const kinds = ["posted", "sent", "group", "showed", "lost", "early"] as const;

function SlipForm({ rows, onReported }: { rows: CommitmentRow[]; onReported: (slip: Slip) => void }) {
  const { t } = useTranslation("portal");
  const refusalOf = useRefusal();
  const [commitment, setCommitment] = useState(rows[0]?.id ?? "");
  const [kind, setKind] = useState<string>("");
  const [what, setWhat] = useState("");
  const [where, setWhere] = useState("");
  const [happened, setHappened] = useState(() => toLocalField(new Date(serverNow())));
  const [down, setDown] = useState(false);
  const [downAt, setDownAt] = useState(() => toLocalField(new Date(serverNow())));
  const [tried, setTried] = useState(false);
  const told = [kind === "" ? "" : t(`slip.kind.${kind as (typeof kinds)[number]}`), what.trim()].filter((part) => part !== "").join(": ");
  const time = (field: string) => (Number.isNaN(Date.parse(field)) ? null : new Date(field).toISOString());
  const happenedAt = time(happened);
  const report = useMutation({
    mutationFn: () =>
      body(
        api.POST("/recipient/slips", {
          body: { commitment, what: told, where: where.trim(), happened_at: happenedAt ?? new Date(serverNow()).toISOString(), taken_down_at: down ? time(downAt) : null },
        }),
      ),
    onSuccess: onReported,
  });
  const complete = told !== "" && where.trim() !== "" && happenedAt !== null;
  return (
    <form noValidate onSubmit={(event) => {
      event.preventDefault();
      setTried(true);
      if (complete && !report.isPending && !report.isSuccess) report.mutate();
    }}>
      <Stack gap="lg">
        {rows.length > 1 ? <Select size="md" label={t("slip.which")} data={rows.map((row) => ({ value: row.id, label: `${row.title} · ${row.number}` }))} value={commitment} onChange={(value) => setCommitment(value ?? commitment)} allowDeselect={false} /> : null}
        <div>
          <Text fw={550} mb={8} id="slip-what">{t("slip.what")}</Text>
          <Chip.Group value={kind} multiple={false} onChange={(value) => setKind(value as string)}>
            <Group gap={8} mb="sm" role="radiogroup" aria-labelledby="slip-what">
              {kinds.map((name) => <Chip key={name} value={name} size="md" variant="outline">{t(`slip.kind.${name}`)}</Chip>)}
            </Group>
          </Chip.Group>
          <Textarea size="md" aria-label={t("slip.details")} placeholder={t("slip.details")} autosize minRows={2} maxLength={3500} value={what} onChange={(event) => setWhat(event.currentTarget.value)} error={tried && told === "" ? t("slip.whatMissing") : undefined} />
        </div>
        <TextInput size="md" label={t("slip.where")} description={t("slip.whereHint")} maxLength={4000} value={where} onChange={(event) => setWhere(event.currentTarget.value)} error={tried && where.trim() === "" ? t("slip.whereMissing") : undefined} />
        <TextInput size="md" type="datetime-local" label={t("slip.when")} description={happenedAt ? `${instantIn(happenedAt, localZone)} (${zoneName(localZone)})` : undefined} value={happened} max={toLocalField(new Date(serverNow() + 60_000))} onChange={(event) => setHappened(event.currentTarget.value)} error={tried && happenedAt === null ? t("slip.whenMissing") : undefined} />
        <Stack gap="sm">
          <Switch size="md" label={t("slip.isDown")} checked={down} onChange={(event) => setDown(event.currentTarget.checked)} />
          {down ? <TextInput size="md" type="datetime-local" label={t("slip.downWhen")} value={downAt} onChange={(event) => setDownAt(event.currentTarget.value)} /> : <Text size="sm" c="dimmed">{t("slip.takeDownFirst")}</Text>}
        </Stack>
        <Refusal error={report.error ? refusalOf(report.error) : null} />
        <Button type="submit" size="lg" color="red" loading={report.isPending} disabled={report.isPending || report.isSuccess}>{t("slip.send")}</Button>
      </Stack>
    </form>
  );
}

export default function SlipPage({ home }: { home: Home }) {
  const { t } = useTranslation("portal");
  const queries = useQueryClient();
  const [reported, setReported] = useState<Slip | null>(null);
  // What is in force comes first: most likely it is about that.
  const rows = home.signed.filter(canSlip).sort((a, b) => Number(b.state === "in_force") - Number(a.state === "in_force"));
  return (
    <div className={classes.narrow}>
      <Stack gap="md">
        <Anchor component={Link} to="/r" size="sm" w="fit-content" py={4}>← {t("backHome")}</Anchor>
        <PageTitle name={t("slip.button")}>{t(reported === null ? "slip.title" : "slip.thanks")}</PageTitle>
        {reported === null ? (
          <>
            <Alert color="ink" variant="light" icon={<IconHeartHandshake aria-hidden />} title={t("slip.helps")}><Text size="sm">{t("slip.helpsText", { sender: home.sender })}</Text></Alert>
            {rows.length === 0 ? <Card><Text>{t("slip.none")}</Text></Card> : (
              <Card padding="lg">
                <SlipForm rows={rows} onReported={(slip) => {
                  setReported(slip);
                  void queries.invalidateQueries({ queryKey: keys.home });
                  window.scrollTo(0, 0);
                }} />
              </Card>
            )}
          </>
        ) : (
          <div role="status">
            <Alert color="teal" variant="light" title={t("slip.recorded", { when: `${instantIn(reported.reported_at, "UTC")} UTC` })}><Text size="sm">{t("slip.recordedText", { sender: home.sender })}</Text></Alert>
          </div>
        )}
        <SlipList slips={home.slips ?? []} />
      </Stack>
    </div>
  );
}
