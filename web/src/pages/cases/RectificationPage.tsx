// One rectification: its clock, what the supplier answered stage by stage, and acceptance or return with a reason.
import { Badge, Button, Card, Center, Group, Loader, Select, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheck, IconMail, IconPencil, IconShieldCheck, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask, askReason } from "@/parts/ask";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { FormDialog, missing } from "@/parts/FormDialog";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import "@/texts/cases";
import { concerned } from "./acts";
import { AnswerForm } from "./AnswerForm";
import classes from "./cases.module.css";
import { Answers } from "./RectificationAnswers";

export type Rectification = Schemas["Rectification"];
const stages: Schemas["RectificationStage"][] = ["issued", "containment", "cause", "plan", "implementing", "verifying"];
const refresh = [...concerned, "rectification"];

export function Component() {
  const { t: common } = useTranslation();
  const { rectification: id = "" } = useParams();
  const query = useQuery({
    queryKey: ["rectification", id],
    queryFn: ({ signal }) => body(api.GET("/rectifications/{rectification}", { signal, params: { path: { rectification: id } } })),
  });
  if (query.data) return <Page found={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Center mih={240}>
      <Loader role="status" aria-label={common("loading")} />
    </Center>
  );
}

function Page({ found }: { found: Rectification }) {
  const { t } = useTranslation("cases");
  return (
    <>
      <PageHeader
        title={found.supplier_name}
        back={{ to: `/cases/${found.case}/rectification`, label: `${found.case_number} ${found.case_title}` }}
        badge={
          <>
            <StateBadge of="rectification" state={found.state} />
            <Badge color="gray">{t("tier", { tier: found.tier })}</Badge>
          </>
        }
        text={[found.number, found.leaf_name && found.leaf_name !== found.supplier_name && t("leaf", { name: found.leaf_name })].filter(Boolean).join(" · ")}
      >
        <Acts found={found} />
      </PageHeader>
      <Stack gap="lg">
        <Clock found={found} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Card>
            <Title order={2} size="h3" mb="sm">
              {t("problem")}
            </Title>
            <Text size="sm" className={classes.prose} mb="md">
              {found.problem}
            </Text>
            <Facts
              facts={[
                [t("requirement"), found.requirement],
                [t("contact"), [found.contact_name, found.contact_email].filter(Boolean).join(", ")],
                [t("team"), found.team],
                [t("opened"), dateTime(found.issued_at)],
              ]}
            />
          </Card>
          <Decisions found={found} />
        </SimpleGrid>
        <Answers found={found} />
      </Stack>
    </>
  );
}

function Clock({ found }: { found: Rectification }) {
  const { t } = useTranslation("cases");
  const here = found.state === "closed" ? -1 : stages.indexOf(found.stage);
  return (
    <Card padding="md">
      <ol className={classes.clock} aria-label={t("stagesOf")} tabIndex={0}>
        {stages.map((stage, at) => {
          const own = found.stages.find((one) => one.stage === stage);
          const state = own?.accepted_at || found.state === "closed" || (here >= 0 && at < here) ? "done" : at === here ? "here" : "ahead";
          return (
            <li key={stage} data-state={state} data-late={(state === "here" && found.overdue) || undefined} aria-current={state === "here" ? "step" : undefined}>
              <strong>{t(`stage.${stage}`)}</strong>
              {own?.accepted_at ? t("stageDone", { time: dateTime(own.accepted_at) }) : own ? t("stageDue", { time: dateTime(own.due_at) }) : ""}
            </li>
          );
        })}
      </ol>
      {(found.submitted_at || (found.escalations ?? 0) > 0) && (
        <Group gap="xs" mt="sm">
          {found.submitted_at && <Badge color="blue">{t("handedIn", { time: dateTime(found.submitted_at) })}</Badge>}
          {(found.escalations ?? 0) > 0 && <Badge color="red">{t("escalated", { count: found.escalations })}</Badge>}
        </Group>
      )}
    </Card>
  );
}

function Acts({ found }: { found: Rectification }) {
  const { t } = useTranslation("cases");
  const may = useMay();
  const path = { params: { path: { rectification: found.id } } };
  const [rejecting, reject] = useDisclosure();
  const [verifying, verify] = useDisclosure();
  const [writing, write] = useDisclosure();
  const accept = useAct((reason: string) => body(api.POST("/rectifications/{rectification}/accept", { ...path, body: { reason } })), { done: t("accepted"), refresh, quiet: true });
  const link = useAct(() => body(api.POST("/rectifications/{rectification}/link", path)), { done: t("linkSent"), refresh: [...refresh, "outbox"], quiet: true });
  const submit = useAct(() => body(api.POST("/rectifications/{rectification}/submit", path)), { done: t("submittedFor"), refresh, quiet: true });
  if (!may("write_cases") || found.state === "closed") return null;
  const handedIn = Boolean(found.submitted_at);
  const decidable = handedIn && found.stage !== "verifying";
  return (
    <Group gap="xs">
      {decidable && (
        <>
          <Button leftSection={<IconCheck size={16} />} onClick={() => askReason({ title: t("acceptTitle"), text: t("acceptText"), confirm: t("accept"), run: (reason) => accept.mutateAsync(reason) })}>
            {t("accept")}
          </Button>
          <Button variant="default" leftSection={<IconX size={16} />} onClick={reject.open}>
            {t("reject")}
          </Button>
        </>
      )}
      {found.stage === "verifying" && (
        <Button leftSection={<IconShieldCheck size={16} />} onClick={verify.open}>
          {t("verify")}
        </Button>
      )}
      {!handedIn && (
        <>
          <Button variant="default" leftSection={<IconMail size={16} />} onClick={() => ask({ title: t("sendLink"), text: found.contact_email, confirm: t("sendLink"), run: () => link.mutateAsync(undefined) })}>
            {t("sendLink")}
          </Button>
          <Button variant="default" leftSection={<IconPencil size={16} />} onClick={write.open}>
            {t("writeFor")}
          </Button>
          <Button variant="default" onClick={() => ask({ title: t("submitFor"), text: t(`stage.${found.stage}`), confirm: t("submitFor"), run: () => submit.mutateAsync(undefined) })}>
            {t("submitFor")}
          </Button>
        </>
      )}
      <Reject found={found} opened={rejecting} onClose={reject.close} />
      <Verify found={found} opened={verifying} onClose={verify.close} />
      <AnswerForm found={found} opened={writing} onClose={write.close} />
    </Group>
  );
}

interface DialogProps {
  found: Rectification;
  opened: boolean;
  onClose: () => void;
}

function Reject({ found, opened, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("rejectTitle")}
      submit={t("reject")}
      danger
      initial={() => ({ reason: "", due_at: null as string | null })}
      validate={(values) => missing(values, ["reason"], common("required"))}
      run={({ reason, due_at }) => body(api.POST("/rectifications/{rectification}/reject", { params: { path: { rectification: found.id } }, body: { reason: reason.trim(), ...(due_at ? { due_at } : {}) } }))}
      done={t("rejected")}
      refresh={refresh}
    >
      {(form) => (
        <>
          <Textarea label={common("reason")} required autosize minRows={3} maxLength={2000} data-autofocus {...form.getInputProps("reason")} />
          <ZonedTimeInput label={t("dueAt")} fixedZone future zone="" at={form.values.due_at} onChange={(at) => form.setFieldValue("due_at", at)} />
        </>
      )}
    </FormDialog>
  );
}

function Verify({ found, opened, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("verify")}
      submit={t("record")}
      initial={() => ({ method: "", result: "effective" as "effective" | "not_effective", text: "", early_reason: "" })}
      validate={(values) => missing(values, ["method", "text"], common("required"))}
      run={({ early_reason, ...rest }) =>
        body(api.POST("/rectifications/{rectification}/verify", { params: { path: { rectification: found.id } }, body: { ...rest, ...(early_reason.trim() ? { early_reason: early_reason.trim() } : {}) } }))
      }
      done={t("recorded")}
      refresh={refresh}
    >
      {(form) => (
        <>
          <TextInput label={t("verifyMethod")} required maxLength={200} data-autofocus {...form.getInputProps("method")} />
          <Select
            label={t("outcomeLabel")}
            allowDeselect={false}
            data={[
              { value: "effective", label: t("effective") },
              { value: "not_effective", label: t("notEffective") },
            ]}
            {...form.getInputProps("result")}
          />
          <Textarea label={t("verifyText")} required autosize minRows={3} maxLength={4000} {...form.getInputProps("text")} />
          <TextInput label={t("earlyReason")} maxLength={2000} {...form.getInputProps("early_reason")} />
        </>
      )}
    </FormDialog>
  );
}

function Decisions({ found }: { found: Rectification }) {
  const { t } = useTranslation("cases");
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("decisions")}
      </Title>
      {found.decisions.length === 0 && <Text size="sm">{t("nothingYet")}</Text>}
      <Stack component="ul" gap="sm" className={classes.plain}>
        {found.decisions.map((decision, at) => (
          <li key={at}>
            <Group gap="xs">
              <Text size="sm" fw={550}>
                {t(`stage.${decision.stage}`)}
              </Text>
              <Badge color={decision.accepted ? "teal" : "orange"}>{decision.accepted ? t("accept") : t("reject")}</Badge>
            </Group>
            <Text size="sm">{decision.reason}</Text>
            <Text size="xs" c="dimmed">
              {decision.by}, {dateTime(decision.at)}
            </Text>
          </li>
        ))}
      </Stack>
      {found.effect && (
        <Stack gap={4} mt="md">
          <Group gap="xs">
            <Text size="sm" fw={550}>
              {t("effect")}
            </Text>
            <Badge color={found.effect.result === "effective" ? "teal" : "red"}>{found.effect.result === "effective" ? t("effective") : t("notEffective")}</Badge>
          </Group>
          <Text size="sm">
            {found.effect.method}
            {found.effect.text && `: ${found.effect.text}`}
          </Text>
          <Text size="xs" c="dimmed">
            {[found.effect.checked_by, found.effect.checked_at && dateTime(found.effect.checked_at)].filter(Boolean).join(", ")}
          </Text>
        </Stack>
      )}
    </Card>
  );
}
