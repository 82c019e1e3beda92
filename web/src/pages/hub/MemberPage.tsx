// One member at the hub: standing, quotas, everything that was done, how much it fetched.
import { Badge, Button, Card, Center, Grid, Group, Loader, NumberInput, Progress, Stack, Text, Textarea, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { askReason } from "@/parts/ask";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { FormDialog, missing } from "@/parts/FormDialog";
import { InLog } from "@/parts/InLog";
import { PageHeader } from "@/parts/PageHeader";
import { count, dateOnly, dateTime } from "@/parts/times";
import "@/texts/alliance";

type View = Schemas["HubMemberView"];
const concerned = ["hub", "hub-members", "hub-member", "hub-quotas"];

export function Component() {
  const { t: common } = useTranslation();
  const { member = "" } = useParams();
  const query = useQuery({ queryKey: ["hub-member", member], queryFn: ({ signal }) => body(api.GET("/hub/members/{member}", { signal, params: { path: { member } } })) });
  if (query.data) return <Page view={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih={240}><Loader role="status" aria-label={common("loading")} /></Center>;
}

export function useQuotaWords() {
  const { t } = useTranslation("alliance");
  return (quota: Schemas["HubQuota"]) => t("quotaLine", { minute: count(quota.user_per_minute), day: count(quota.user_per_day), member: count(quota.member_per_day) });
}

function Page({ view }: { view: View }) {
  const { t } = useTranslation("alliance");
  const { member, history, fetches_by_day } = view;
  const quota = useQuotaWords();
  const [changing, change] = useDisclosure();
  const path = { params: { path: { member: member.id } } };
  const suspend = useAct((reason: string) => body(api.POST("/hub/members/{member}/suspend", { ...path, body: { reason } })), { done: t("changed"), refresh: concerned, quiet: true });
  const reinstate = useAct((reason: string) => body(api.POST("/hub/members/{member}/reinstate", { ...path, body: { reason } })), { done: t("changed"), refresh: concerned, quiet: true });
  const most = Math.max(1, ...fetches_by_day.map(({ fetches }) => fetches));
  return (
    <>
      <PageHeader title={member.name} back={{ to: "/hub", label: t("members") }} badge={<Badge color={member.standing === "active" ? "teal" : "orange"}>{t(`standing.${member.standing}`)}</Badge>} text={[member.contact, `${t("since")} ${dateOnly(member.since)}`].filter(Boolean).join(" · ")}>
        <Button variant="default" onClick={change.open}>{t("changeQuota")}</Button>
        {member.standing === "active" ? (
          <Button variant="default" color="red" onClick={() => askReason({ title: t("suspend"), text: t("suspendText"), confirm: t("suspend"), danger: true, run: (reason) => suspend.mutateAsync(reason) })}>{t("suspend")}</Button>
        ) : (
          <Button onClick={() => askReason({ title: t("reinstate"), text: t("reinstateText"), confirm: t("reinstate"), run: (reason) => reinstate.mutateAsync(reason) })}>{t("reinstate")}</Button>
        )}
      </PageHeader>
      <Grid gutter="lg">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Stack gap="lg">
            <Card>
              <Facts
                facts={[
                  [t("memberId"), <Text key="id" span size="sm" ff="monospace">{member.id}</Text>],
                  [t("memberIdentity"), <Text key="identity" span size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>{member.identity}</Text>],
                  [t("quotas"), quota(member.quota)],
                  [t("fetchedToday"), count(member.fetched_today)],
                ]}
              />
            </Card>
            <Card>
              <Title order={2} size="h3" mb="sm">{t("historyTitle")}</Title>
              <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
                {history.map((step) => (
                  <li key={step.log_entry}>
                    <Text size="sm" fw={550}>{t(`step.${step.what}`)}</Text>
                    <Text size="sm">{step.reason}</Text>
                    <Text size="xs" c="dimmed">{dateTime(step.time)} · {t("logEntry")} {step.log_entry}</Text>
                  </li>
                ))}
              </Stack>
            </Card>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Card>
            <Title order={2} size="h3" mb="sm">{t("fetches")}</Title>
            {fetches_by_day.length === 0 && <Text size="sm" c="dimmed">{t("fetchesNone")}</Text>}
            <Stack gap={6}>
              {fetches_by_day.map(({ day, fetches }) => (
                <Group key={day} gap="sm" wrap="nowrap">
                  <Text size="xs" w={88} className="figures">{day}</Text>
                  <Progress flex={1} value={(100 * fetches) / most} aria-label={day} />
                  <Text size="xs" w={64} ta="right" className="figures">{count(fetches)}</Text>
                </Group>
              ))}
            </Stack>
          </Card>
        </Grid.Col>
        <Grid.Col span={12}>
          <InLog subject={member.id} read="operate_hub" />
        </Grid.Col>
      </Grid>
      <FormDialog
        opened={changing}
        onClose={change.close}
        title={t("changeQuota")}
        text={t("changeQuotaText")}
        submit={t("changeQuota")}
        initial={() => ({ ...member.quota, reason: "" })}
        validate={(values) => missing(values, ["reason"], t("reason"))}
        run={(values) => body(api.POST("/hub/members/{member}/quota", { ...path, body: { user_per_minute: Number(values.user_per_minute), user_per_day: Number(values.user_per_day), member_per_day: Number(values.member_per_day), reason: values.reason.trim() } }))}
        done={({ state }) => (state === "waiting" ? t("proposed") : t("changed"))}
        refresh={concerned}
      >
        {(form) => (
          <>
            <NumberInput label={t("perMinute")} min={1} max={100_000} allowDecimal={false} {...form.getInputProps("user_per_minute")} />
            <NumberInput label={t("perDay")} min={1} max={1_000_000} allowDecimal={false} thousandSeparator=" " {...form.getInputProps("user_per_day")} />
            <NumberInput label={t("memberPerDay")} min={1} max={10_000_000} allowDecimal={false} thousandSeparator=" " {...form.getInputProps("member_per_day")} />
            <Textarea label={t("reason")} description={t("reasonHint")} required autosize minRows={2} maxLength={1000} {...form.getInputProps("reason")} />
          </>
        )}
      </FormDialog>
    </>
  );
}
