// A joint case: who takes part, what they noted, how it ended.
import { Alert, Badge, Button, Card, Center, Grid, Group, Loader, Select, Stack, Text, Textarea, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask } from "@/parts/ask";
import { Failure } from "@/parts/Failure";
import { FormDialog, missing } from "@/parts/FormDialog";
import { PageHeader } from "@/parts/PageHeader";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { concerned } from "./acts";
import { JointDialog } from "./JointDialog";
import { NoteForm } from "./Voices";
import "@/texts/bulletins";

type Found = Schemas["JointCase"];
const outcomes = ["taken_down", "settled", "police_report", "court", "no_result"] as const;

export function Component() {
  const { t: common } = useTranslation();
  const { case: id = "" } = useParams();
  const query = useQuery({
    queryKey: ["joint-case", id],
    queryFn: ({ signal }) => body(api.GET("/joint-cases/{case}", { signal, params: { path: { case: id } } })),
    refetchInterval: 30_000,
  });
  if (query.data) return <Page found={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih={240}><Loader role="status" aria-label={common("loading")} /></Center>;
}

function Page({ found }: { found: Found }) {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  const may = useMay();
  const [joining, join] = useDisclosure();
  const [closing, close] = useDisclosure();
  const path = { params: { path: { case: found.id } } };
  const leave = useAct(() => body(api.POST("/joint-cases/{case}/leave", path)), { done: t("left"), refresh: concerned, quiet: true });
  const open = found.state === "open" && may("write_bulletins");
  return (
    <>
      <PageHeader title={found.number} badge={<Badge color={found.state === "open" ? "teal" : "gray"}>{t(`jointState.${found.state}`)}</Badge>} back={{ to: "/bulletins/joint", label: t("joint") }} text={`${t("jointOpened")}: ${dateTime(found.opened_at)} · ${t("jointMembers", { count: found.members })}`}>
        <Button component={Link} to={`/bulletins/${found.bulletin}`} variant="default">{t("toBulletin")}</Button>
        {open && !found.joined && <Button onClick={join.open}>{t("join")}</Button>}
        {open && found.joined && (
          <>
            <Button variant="default" onClick={() => ask({ title: t("leave"), text: t("leaveText"), confirm: t("leave"), run: () => leave.mutateAsync(undefined) })}>{t("leave")}</Button>
            <Button variant="default" onClick={close.open}>{t("closeCase")}</Button>
          </>
        )}
      </PageHeader>
      {found.outcome && (
        <Alert color="gray" mb="lg" title={`${t("outcomeLabel")}: ${t(`outcome.${found.outcome}`)}`}>{found.outcome_note}</Alert>
      )}
      {!found.joined && <Alert mb="lg" variant="light">{t("notJoined")}</Alert>}
      {found.joined && (
        <Grid gutter="lg">
          <Grid.Col span={{ base: 12, md: 8 }}>
            <Card>
              <Title order={2} size="h3" mb="sm">{t("notes")}</Title>
              {(found.notes ?? []).length === 0 && <Text size="sm" mb="sm">{t("notesNone")}</Text>}
              <Stack component="ul" gap="md" m={0} p={0} mb="md" style={{ listStyle: "none" }}>
                {found.notes?.map((note) => (
                  <li key={note.id}>
                    <Text size="xs" c="dimmed">{note.by} · {dateTime(note.at)}</Text>
                    <Text size="sm" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>{note.text}</Text>
                  </li>
                ))}
              </Stack>
              {open && <NoteForm label={t("addNote")} done={t("said")} refresh={concerned} send={(text) => body(api.POST("/joint-cases/{case}/notes", { ...path, body: { text } }))} />}
            </Card>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Card>
              <Title order={2} size="h3" mb="sm">{t("participants")}</Title>
              <Stack gap="sm">
                {found.participants?.map((one) => (
                  <Group key={`${one.name}-${one.joined_at}`} justify="space-between" align="flex-start" c={one.left_at ? "dimmed" : undefined}>
                    <div>
                      <Text size="sm" fw={550}>{one.name}</Text>
                      <Text size="sm">{one.contact}</Text>
                      {one.left_at && <Text size="xs">{t("leftAt", { time: dateTime(one.left_at) })}</Text>}
                    </div>
                  </Group>
                ))}
              </Stack>
            </Card>
          </Grid.Col>
        </Grid>
      )}
      <JointDialog opened={joining} onClose={join.close} title={t("join")} text={t("turnJointText")} run={(contact) => body(api.POST("/joint-cases/{case}/join", { ...path, body: { contact } }))} refresh={concerned} />
      <FormDialog
        opened={closing}
        onClose={close.close}
        title={t("closeCase")}
        submit={t("closeCase")}
        initial={() => ({ outcome: "" as Schemas["JointCaseOutcome"]["outcome"] | "", note: "" })}
        validate={(values) => missing(values, ["outcome"], common("required"))}
        run={({ outcome, note }) => body(api.POST("/joint-cases/{case}/close", { ...path, body: { outcome: outcome as Schemas["JointCaseOutcome"]["outcome"], note: note.trim() } }))}
        done={t("closed")}
        refresh={concerned}
      >
        {(form) => (
          <>
            <Select label={t("outcomeLabel")} required data={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))} {...form.getInputProps("outcome")} />
            <Textarea label={t("note")} autosize minRows={2} maxLength={4000} {...form.getInputProps("note")} />
          </>
        )}
      </FormDialog>
    </>
  );
}
