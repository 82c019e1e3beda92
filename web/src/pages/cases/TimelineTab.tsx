// What happened, against when it was learned of: the gap is shown where there is one.
import { ActionIcon, Badge, Button, Card, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconTimeline, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog, missing } from "@/parts/FormDialog";
import { InLog } from "@/parts/InLog";
import { dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { type Case, concerned, useCase } from "./acts";
import classes from "./cases.module.css";
import { gapBetween, inOrder, type Order } from "./moments";

export function Component() {
  const found = useCase();
  return (
    <Stack gap="lg">
      <Timeline found={found} />
      <InLog subject={found.id} read="read_cases" />
    </Stack>
  );
}

function Timeline({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const may = useMay();
  const [adding, add] = useDisclosure();
  const [order, setOrder] = useState<Order>("happened");
  const writes = may("write_cases") && found.state !== "closed";
  const remove = useAct((moment: string) => body(api.DELETE("/cases/{case}/timeline/{moment}", { params: { path: { case: found.id, moment } } })), { refresh: concerned });
  return (
    <Card>
      <Group justify="space-between" mb="lg">
        <Text size="sm" c="dimmed" maw={520}>
          {t("timelineText")}
        </Text>
        <Group gap="sm">
          <SegmentedControl
            size="xs"
            aria-label={t("sortBy")}
            value={order}
            onChange={(value) => setOrder(value as Order)}
            data={[
              { value: "happened", label: t("sortHappened") },
              { value: "discovered", label: t("sortDiscovered") },
            ]}
          />
          {writes && (
            <Button size="xs" leftSection={<IconPlus size={14} />} onClick={add.open}>
              {t("addMoment")}
            </Button>
          )}
        </Group>
      </Group>
      {found.timeline.length === 0 && <EmptyState icon={IconTimeline} title={t("timelineEmpty")} />}
      <ol className={classes.moments} aria-label={t("tab.timeline")}>
        {inOrder(found.timeline, order).map((moment) => (
          <Line key={moment.id} moment={moment} order={order} onRemove={writes && !moment.automatic ? () => remove.mutate(moment.id) : undefined} />
        ))}
      </ol>
      <FormDialog
        opened={adding}
        onClose={add.close}
        title={t("addMoment")}
        submit={t("addMoment")}
        initial={() => ({ what: "", happened_at: null as string | null, discovered_at: null as string | null, source: "" })}
        validate={(values) => missing(values, ["what"], common("required"))}
        run={({ what, happened_at, discovered_at, source }) =>
          body(
            api.POST("/cases/{case}/timeline", {
              params: { path: { case: found.id } },
              body: { what: what.trim(), ...(happened_at ? { happened_at } : {}), ...(discovered_at ? { discovered_at } : {}), ...(source.trim() ? { source: source.trim() } : {}) },
            }),
          )
        }
        done={t("added")}
        refresh={concerned}
      >
        {(form) => (
          <>
            <Textarea label={t("momentWhat")} required autosize minRows={2} maxLength={2000} data-autofocus {...form.getInputProps("what")} />
            <ZonedTimeInput label={t("happenedAt")} fixedZone zone="" at={form.values.happened_at} onChange={(at) => form.setFieldValue("happened_at", at)} />
            <ZonedTimeInput label={t("discoveredAt")} fixedZone zone="" at={form.values.discovered_at} onChange={(at) => form.setFieldValue("discovered_at", at)} />
            <TextInput label={t("source")} maxLength={200} {...form.getInputProps("source")} />
          </>
        )}
      </FormDialog>
    </Card>
  );
}

export function Line({ moment, order, onRemove }: { moment: Schemas["CaseMoment"]; order: Order; onRemove?: () => void }) {
  const { t } = useTranslation("cases");
  const what = currentLocale() === "zh" && moment.what_zh ? moment.what_zh : moment.what;
  const gap = gapBetween(moment.happened_at, moment.discovered_at);
  const main = order === "happened" ? (moment.happened_at ?? moment.discovered_at) : moment.discovered_at;
  return (
    <li className={classes.moment} data-automatic={moment.automatic || undefined}>
      <div className={classes.when}>
        <Text size="sm" fw={550} className="figures">
          <time dateTime={main}>{dateTime(main)}</time>
        </Text>
        {order === "happened" && moment.happened_at && (
          <Text size="xs" c="dimmed" className="figures">
            {t("discoveredAt")} {dateTime(moment.discovered_at)}
          </Text>
        )}
        {order === "discovered" && moment.happened_at && (
          <Text size="xs" c="dimmed" className="figures">
            {t("happenedAt")} {dateTime(moment.happened_at)}
          </Text>
        )}
      </div>
      <div className={classes.rail} aria-hidden />
      <div className={classes.said}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Text size="sm" className={classes.prose} {...(moment.withdrawn ? { component: "del", td: "line-through", c: "dimmed" } : {})}>
            {what}
          </Text>
          {onRemove && (
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("removeMoment", { what })} onClick={onRemove}>
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </Group>
        <Stack gap={4} align="flex-start">
          {moment.withdrawn && <Badge color="gray">{t("momentWithdrawn")}</Badge>}
          {gap && <Badge color="orange">{t("gap", { gap })}</Badge>}
          <Text size="xs" c="dimmed">
            {[moment.by, moment.source, moment.automatic && t("automatic")].filter(Boolean).join(" · ")}
          </Text>
        </Stack>
      </div>
    </li>
  );
}
