// Copies of a project: who has which, whether it was opened, and until when it may be.
import { ActionIcon, Anchor, Button, Group, Menu, Modal, Select, Stack, Text } from "@mantine/core";
import { IconBan, IconCalendarPlus, IconDots, IconListTree, IconPackageExport, IconRestore } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { askReason } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { InLogDialog } from "@/parts/InLog";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { StateBadge } from "@/parts/States";
import { count, dateTime } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import "@/texts/deliveries";
import "@/texts/states";
import { useProject } from "../projects/ProjectLayout";

type Delivery = Schemas["Delivery"];
const states: Delivery["state"][] = ["waiting", "available", "revoked", "ended"];
const concerned = ["deliveries", "project", "projects", "activity"];

export function Component() {
  const { t } = useTranslation("deliveries");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const project = useProject();
  const list = useListState({ sort: "-last_opened_at", filters: ["state", "asset"] });
  const state = list.filter("state");
  const asset = list.filter("asset");
  const deliveries = useQuery({
    queryKey: ["deliveries", project.id, state, asset, list.query],
    queryFn: ({ signal }) =>
      body(
        api.GET("/projects/{project}/deliveries", {
          signal,
          params: { path: { project: project.id }, query: { ...list.query, ...(state ? { state } : {}), ...(asset ? { asset } : {}) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const assets = useQuery({
    queryKey: ["assets", project.id, "all"],
    queryFn: ({ signal }) => body(api.GET("/projects/{project}/assets", { signal, params: { path: { project: project.id }, query: { limit: 500 } } })),
  });
  return (
    <ListTable
      label={t("list")}
      list={list}
      query={deliveries}
      rowId={({ copy }) => copy}
      filters={
        <>
          <Select
            w={190}
            aria-label={common("state")}
            placeholder={t("anyState")}
            clearable
            data={states.map((value) => ({ value, label: named(`delivery.${value}`) }))}
            value={state || null}
            onChange={(value) => list.setFilter("state", value)}
          />
          <Select
            w={200}
            aria-label={t("asset")}
            placeholder={t("anyAsset")}
            clearable
            searchable
            data={(assets.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))}
            value={asset || null}
            onChange={(value) => list.setFilter("asset", value)}
          />
        </>
      }
      empty={<EmptyState icon={IconPackageExport} title={t("empty")} text={t("emptyText")} />}
      columns={[
        {
          key: "party",
          title: t("recipient"),
          sort: "party_name",
          render: ({ party, party_name, organisation_name }) => (
            <Stack gap={0}>
              {party ? (
                <Anchor component={Link} to={`/parties/${party}`} size="sm" fw={550} c="inherit">
                  {party_name}
                </Anchor>
              ) : (
                <Text size="sm" fw={550}>
                  {party_name}
                </Text>
              )}
              {organisation_name && (
                <Text size="xs" c="dimmed">
                  {organisation_name}
                </Text>
              )}
            </Stack>
          ),
        },
        { key: "asset", title: t("asset"), sort: "asset_title", render: ({ asset_title }) => asset_title },
        { key: "state", title: common("state"), render: (delivery) => <StateBadge of="delivery" state={delivery.state} /> },
        { key: "views", title: t("views"), sort: "views", align: "right", render: ({ views }) => count(views) },
        { key: "downloads", title: t("downloads"), sort: "downloads", align: "right", render: ({ downloads }) => count(downloads) },
        { key: "opened", title: t("lastOpened"), sort: "last_opened_at", render: ({ last_opened_at }) => <Moment at={last_opened_at} /> },
        { key: "until", title: t("until"), wideOnly: true, render: ({ until }) => (until ? dateTime(until) : "–") },
        { key: "actions", title: common("actions"), bare: true, render: (delivery) => <DeliveryMenu delivery={delivery} /> },
      ]}
    />
  );
}

function DeliveryMenu({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation("deliveries");
  const { t: common } = useTranslation();
  const { t: log } = useTranslation("log");
  const may = useMay();
  const [extending, setExtending] = useState(false);
  const [inLog, setInLog] = useState(false);
  const path = { params: { path: { copy: delivery.copy } } };
  const restore = useAct(() => body(api.POST("/copies/{copy}/restore", path)), { done: t("restored"), refresh: concerned });
  const revoke = useAct((reason: string) => body(api.POST("/copies/{copy}/revoke", { ...path, body: { reason } })), {
    done: t("revoked"),
    undo: () => restore.mutate(undefined),
    refresh: concerned,
    quiet: true,
  });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`${common("more")}: ${delivery.party_name}, ${delivery.asset_title}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t("copyNumber", { copy: delivery.copy.slice(0, 8) })}</Menu.Label>
          {may("read_copies") && (
            <Menu.Item leftSection={<IconListTree size={16} />} onClick={() => setInLog(true)}>
              {log("inLog")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCalendarPlus size={16} />} onClick={() => setExtending(true)}>
            {t("extend")}
          </Menu.Item>
          {delivery.state === "revoked" ? (
            <Menu.Item leftSection={<IconRestore size={16} />} onClick={() => restore.mutate(undefined)}>
              {t("restore")}
            </Menu.Item>
          ) : (
            <Menu.Item
              color="red"
              leftSection={<IconBan size={16} />}
              onClick={() =>
                askReason({
                  title: t("revokeTitle"),
                  text: t("revokeText", { party: delivery.party_name, asset: delivery.asset_title }),
                  confirm: t("revoke"),
                  danger: true,
                  run: (reason) => revoke.mutateAsync(reason),
                })
              }
            >
              {t("revoke")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {inLog && <InLogDialog subject={delivery.copy} name={`${delivery.party_name}, ${delivery.asset_title}`} onClose={() => setInLog(false)} />}
      {extending && <UntilDialog delivery={delivery} onClose={() => setExtending(false)} />}
    </>
  );
}

function UntilDialog({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const { t } = useTranslation("deliveries");
  const { t: common } = useTranslation();
  const [until, setUntil] = useState<string | null>(delivery.until ?? null);
  const extend = useAct(
    () => body(api.POST("/copies/{copy}/extend", { params: { path: { copy: delivery.copy } }, body: { until } })),
    { done: t("extended"), refresh: concerned, onSuccess: onClose },
  );
  return (
    <Modal opened onClose={onClose} title={t("extendTitle")}>
      <Stack>
        <Text size="sm" c="dimmed">
          {delivery.party_name} · {delivery.asset_title}
        </Text>
        <ZonedTimeInput label={t("until")} description={until === null ? t("noEnd") : undefined} at={until} zone="" fixedZone future onChange={setUntil} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button loading={extend.isPending} onClick={() => extend.mutate(undefined)}>
            {common("save")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
