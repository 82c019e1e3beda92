// What a supplier's contact is asked: the problem, the clock, their answer stage by stage.
import { Alert, Badge, Button, Card, Center, Group, List, Loader, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { currentLocale } from "@/i18n";
import { AnswerForm } from "@/pages/cases/AnswerForm";
import { Answers } from "@/pages/cases/RectificationAnswers";
import { ask } from "@/parts/ask";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { StateBadge } from "@/parts/States";
import { dateTime, ownZone } from "@/parts/times";
import "@/texts/cases";
import "@/texts/states";
import { keys, useAccept, type OwnRectification } from "./session";
import classes from "@/public/public.module.css";

function Acts({ own }: { own: OwnRectification }) {
  const { t } = useTranslation("answering");
  const [editing, edit] = useDisclosure(false);
  const { accept, refused } = useAccept<OwnRectification>(keys.rectification);
  const submit = useMutation({ mutationFn: () => body(api.POST("/answer/rectification/submit")), onSuccess: accept, onError: refused });
  const missing = (currentLocale() === "zh" ? own.missing_zh : own.missing) ?? [];
  if (!own.may_write) return <Alert color="blue" role="status">{t("waiting")}</Alert>;
  const confirm = () => ask({ title: t("submit"), text: t("confirmSend"), confirm: t("submit"), run: () => submit.mutateAsync() });
  return (
    <Stack gap="sm">
      {missing.length > 0 && (
        <Alert color="yellow" title={t("missing")}>
          <List size="sm">{missing.map((one) => <List.Item key={one}>{one}</List.Item>)}</List>
        </Alert>
      )}
      <Failure error={submit.error} />
      <Group>
        <Button variant="default" onClick={edit.open}>{t("edit")}</Button>
        <Button onClick={confirm} loading={submit.isPending} disabled={missing.length > 0}>{t("submit")}</Button>
      </Group>
      <AnswerForm found={own.rectification} opened={editing} onClose={edit.close} title={t("answer")} done={t("saved")}
        save={async (answer) => {
          const saved = await body(api.PUT("/answer/rectification", { body: answer }));
          accept(saved);
          return saved.rectification;
        }} />
    </Stack>
  );
}

function Page({ own }: { own: OwnRectification }) {
  const { t } = useTranslation("answering");
  const { t: cases } = useTranslation("cases");
  const { rectification: found } = own;
  const back = [...found.decisions].reverse().find(({ stage }) => stage === found.stage);
  return (
    <Stack gap="xl">
      <div>
        <Group gap="xs" mb={4}>
          <StateBadge of="rectification" state={found.state} />
          {found.due_at && <Badge variant="light" tt="none" color={found.overdue ? "red" : "gray"}>{t("due", { date: `${dateTime(found.due_at)} ${ownZone}` })}</Badge>}
        </Group>
        <Title order={1} style={{ overflowWrap: "anywhere" }}>{found.supplier_name}</Title>
        <Text size="sm" c="dimmed">{found.number} · {own.sender}{own.sender_contact ? ` · ${own.sender_contact}` : ""}</Text>
      </div>
      <Card component="section" withBorder padding="lg" radius="md">
        <Title order={2} size="h4" mb="xs">{cases("problem")}</Title>
        <Text className={classes.body} mb="md">{found.problem}</Text>
        <Facts facts={[[cases("requirement"), found.requirement], [cases("team"), found.team]]} />
      </Card>
      {found.state === "rejected" && back?.reason && <Alert color="red" title={t("back")}>{back.reason}</Alert>}
      <Acts own={own} />
      <Answers found={found} />
    </Stack>
  );
}

export function RectifierPage() {
  const { t } = useTranslation("answering");
  const query = useQuery({ queryKey: [...keys.rectification], queryFn: ({ signal }) => body(api.GET("/answer/rectification", { signal })) });
  if (query.data) return <Page own={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih="40dvh"><Loader role="status" aria-label={t("loading")} /></Center>;
}
