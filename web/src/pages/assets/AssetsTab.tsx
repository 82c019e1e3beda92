// A project's material: upload, preparation, what each recipient's copy will be like.
import { ActionIcon, Badge, Group, Image, Menu, Stack, Switch, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconDots, IconEye, IconEyeOff, IconPhoto, IconRestore } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { StateBadge } from "@/parts/States";
import { dateTime, fileSize } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import "@/texts/assets";
import { useProject } from "../projects/ProjectLayout";
import { AssetDrawer } from "./AssetDrawer";
import { UploadArea } from "./UploadArea";

export type Asset = Schemas["Asset"];

export const capacityColours: Record<Asset["report"]["capacity"], string> = { high: "teal", medium: "yellow", low: "orange" };

export function useAssetChange() {
  const { t } = useTranslation("assets");
  const change = useAct(
    ({ asset, values }: { asset: Asset; values: Schemas["AssetUpdate"]; undone?: boolean }) =>
      body(api.PATCH("/assets/{asset}", { params: { path: { asset: asset.id } }, body: values })),
    {
      done: (_, { values }) =>
        values.state === "withdrawn"
          ? t("withdrawn")
          : values.state === "offered"
            ? t("offered")
            : values.watermark === true
              ? t("watermarkOn")
              : values.watermark === false
                ? t("watermarkOff")
                : t("saved"),
      undo: (_, { asset, values }) => {
        const before = Object.fromEntries(Object.keys(values).map((key) => [key, asset[key as keyof Asset] ?? null]));
        change.mutate({ asset: { ...asset, ...values } as Asset, values: before });
      },
      refresh: ["assets", "asset", "deliveries"],
    },
  );
  return change;
}

export function Component() {
  const { t } = useTranslation("assets");
  const { t: common } = useTranslation();
  const project = useProject();
  const list = useListState({ sort: "-created_at" });
  const change = useAssetChange();
  const [shown, setShown] = useState<string | null>(null);
  const assets = useQuery({
    queryKey: ["assets", project.id, list.query],
    queryFn: ({ signal }) =>
      body(api.GET("/projects/{project}/assets", { signal, params: { path: { project: project.id }, query: list.query } })),
    placeholderData: keepPreviousData,
  });
  const withdraw = (asset: Asset) =>
    ask({
      title: t("withdrawTitle", { title: asset.title }),
      text: t("withdrawText"),
      confirm: t("withdraw"),
      danger: true,
      run: () => change.mutateAsync({ asset, values: { state: "withdrawn" } }),
    });
  return (
    <Stack>
      <UploadArea project={project.id} />
      <ListTable
        label={t("list")}
        list={list}
        query={assets}
        rowId={(asset) => asset.id}
        onOpen={(asset) => setShown(asset.id)}
        empty={<EmptyState icon={IconPhoto} title={t("empty")} text={t("emptyText")} />}
        columns={[
          {
            key: "title",
            title: t("asset"),
            sort: "title",
            render: (asset) => (
              <UnstyledButton onClick={() => setShown(asset.id)} aria-label={t("details", { title: asset.title })}>
                <Group gap="sm" wrap="nowrap">
                  <Thumbnail asset={asset} />
                  <Stack gap={0} miw={0}>
                    <Text size="sm" fw={550} lineClamp={1}>
                      {asset.title}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {t("pixels", { width: asset.width_px, height: asset.height_px })}
                    </Text>
                  </Stack>
                </Group>
              </UnstyledButton>
            ),
          },
          {
            key: "capacity",
            title: t("capacity"),
            render: ({ report }) => (
              <Group gap={6} wrap="nowrap">
                <Badge color={capacityColours[report.capacity]}>{t(report.capacity)}</Badge>
                {report.warnings.length > 0 && (
                  <Tooltip label={t("warnings", { count: report.warnings.length })}>
                    <IconAlertTriangle size={16} color="var(--mantine-color-orange-6)" aria-label={t("warnings", { count: report.warnings.length })} />
                  </Tooltip>
                )}
              </Group>
            ),
          },
          { key: "psnr", title: t("invisibility"), align: "right", wideOnly: true, render: ({ report }) => `${report.psnr_db.toFixed(1)} dB` },
          { key: "size", title: t("size"), align: "right", wideOnly: true, render: (asset) => fileSize(asset.copy_size_bytes) },
          {
            key: "watermark",
            title: t("watermark"),
            render: (asset) => (
              <Switch
                size="sm"
                aria-label={`${t("watermark")}: ${asset.title}`}
                checked={asset.watermark}
                onChange={(event) => change.mutate({ asset, values: { watermark: event.currentTarget.checked } })}
              />
            ),
          },
          {
            key: "state",
            title: common("state"),
            render: (asset) => (
              <Group gap={6}>
                <StateBadge of="asset" state={asset.state} />
                {asset.not_before && new Date(asset.not_before).getTime() > Date.now() && (
                  <Badge color="gray">{t("notBeforeBadge", { when: dateTime(asset.not_before) })}</Badge>
                )}
              </Group>
            ),
          },
          {
            key: "actions",
            title: common("actions"),
            bare: true,
            render: (asset) => (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="subtle" color="gray" aria-label={`${common("more")}: ${asset.title}`}>
                    <IconDots size={16} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconEye size={16} />} onClick={() => setShown(asset.id)}>
                    {t("report")}
                  </Menu.Item>
                  {asset.state === "offered" ? (
                    <Menu.Item color="red" leftSection={<IconEyeOff size={16} />} onClick={() => withdraw(asset)}>
                      {t("withdraw")}
                    </Menu.Item>
                  ) : (
                    <Menu.Item leftSection={<IconRestore size={16} />} onClick={() => change.mutate({ asset, values: { state: "offered" } })}>
                      {t("offer")}
                    </Menu.Item>
                  )}
                </Menu.Dropdown>
              </Menu>
            ),
          },
        ]}
      />
      <AssetDrawer asset={assets.data?.items.find(({ id }) => id === shown) ?? null} project={project} onClose={() => setShown(null)} onWithdraw={withdraw} />
    </Stack>
  );
}

export function previewAddress(asset: Asset): string {
  return `/api/v1/assets/${asset.id}/preview`;
}

function Thumbnail({ asset }: { asset: Asset }) {
  return <Image src={previewAddress(asset)} alt="" w={64} h={44} fit="cover" radius="sm" loading="lazy" bg="var(--ground)" fallbackSrc="/picture.svg" />;
}
