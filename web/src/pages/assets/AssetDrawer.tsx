// One asset: its preview, what preparation found, how it is delivered.
import { Alert, Badge, Button, Card, Drawer, Group, Image, Select, SimpleGrid, Stack, Switch, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { currentLocale } from "@/i18n";
import { Moment } from "@/parts/Moment";
import { StateBadge } from "@/parts/States";
import { dateTime, fileSize } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import type { Project } from "../projects/ProjectLayout";
import { type Asset, capacityColours, previewAddress, useAssetChange } from "./AssetsTab";

interface Props {
  asset: Asset | null;
  project: Project;
  onClose: () => void;
  onWithdraw: (asset: Asset) => void;
}

export function AssetDrawer({ asset, project, onClose, onWithdraw }: Props) {
  return (
    <Drawer opened={asset !== null} onClose={onClose} position="right" size="lg" title={asset?.title}>
      {asset && <Content asset={asset} project={project} onWithdraw={onWithdraw} />}
    </Drawer>
  );
}

function Content({ asset, project, onWithdraw }: { asset: Asset; project: Project; onWithdraw: (asset: Asset) => void }) {
  const { t } = useTranslation("assets");
  const change = useAssetChange();
  const { report } = asset;
  const capacityTexts = { high: t("highText"), medium: t("mediumText"), low: t("lowText") };
  return (
    <Stack gap="lg">
      <Image src={previewAddress(asset)} alt={t("preview", { title: asset.title })} radius="md" mah={320} fit="contain" bg="var(--ground)" fallbackSrc="/picture.svg" />
      <Group gap="xs">
        <StateBadge of="asset" state={asset.state} />
        <Text size="sm" c="dimmed">
          {asset.file_name} · {t("pixels", { width: asset.width_px, height: asset.height_px })} · {fileSize(asset.copy_size_bytes)} · <Moment at={asset.created_at} />
        </Text>
      </Group>
      <Stack gap="sm">
        <Title order={3}>{t("report")}</Title>
        <Card padding="md">
          <Group justify="space-between" mb={4}>
            <Text size="sm" fw={550}>
              {t("capacity")}
            </Text>
            <Badge color={capacityColours[report.capacity]}>{t(report.capacity)}</Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {capacityTexts[report.capacity]}
          </Text>
        </Card>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Card padding="md">
            <Text size="xs" c="dimmed">
              {t("invisibility")}
            </Text>
            <Text fw={600} size="lg" className="figures">
              {report.psnr_db.toFixed(1)} dB
            </Text>
            <Text size="xs" c="dimmed">
              {t("invisibilityText", { psnr: report.psnr_db.toFixed(1) })}
            </Text>
          </Card>
          {typeof report.size_cost === "number" && (
            <Card padding="md">
              <Text size="xs" c="dimmed">
                {t("sizeCost")}
              </Text>
              <Text fw={600} size="lg" className="figures">
                {(100 * report.size_cost).toFixed(1)} %
              </Text>
              <Text size="xs" c="dimmed">
                {t("sizeCostText", { percent: (100 * report.size_cost).toFixed(1) })}
              </Text>
            </Card>
          )}
        </SimpleGrid>
        {report.warnings.map((warning) => (
          <Alert key={warning.code} color="orange" icon={<IconAlertTriangle size={18} />} p="sm">
            {currentLocale() === "zh" ? warning.zh : warning.en}
          </Alert>
        ))}
        {report.warnings.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("noWarnings")}
          </Text>
        )}
      </Stack>
      <Stack gap="md">
        <Title order={3}>{t("delivery")}</Title>
        <Switch
          label={t("watermark")}
          description={t("watermarkText")}
          checked={asset.watermark}
          onChange={(event) => change.mutate({ asset, values: { watermark: event.currentTarget.checked } })}
        />
        <Select
          label={t("embargo")}
          description={t("embargoText")}
          data={[
            { value: "", label: t("embargoAll") },
            ...project.embargoes.map(({ id, label, at, zone }) => ({ value: id, label: `${label} – ${dateTime(at, zone)} ${zone}` })),
          ]}
          value={asset.embargo ?? ""}
          allowDeselect={false}
          onChange={(value) => change.mutate({ asset, values: { embargo: value || null } })}
        />
        <ZonedTimeInput
          key={asset.id}
          label={t("notBefore")}
          description={t("notBeforeText")}
          at={asset.not_before ?? null}
          zone=""
          fixedZone
          onChange={(at) => change.mutate({ asset, values: { not_before: at } })}
        />
        {asset.state === "offered" ? (
          <Button color="red" variant="light" onClick={() => onWithdraw(asset)} style={{ alignSelf: "flex-start" }}>
            {t("withdraw")}
          </Button>
        ) : (
          <Button variant="default" onClick={() => change.mutate({ asset, values: { state: "offered" } })} style={{ alignSelf: "flex-start" }}>
            {t("offer")}
          </Button>
        )}
      </Stack>
    </Stack>
  );
}
