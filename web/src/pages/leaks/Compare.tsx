// Leak and master, lying over each other: side by side, blended, or the outline of what the leak shows.
import { Alert, Badge, Card, Group, List, SegmentedControl, Select, Slider, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { CompareSlider, type ComparedPicture, Overlay } from "@/parts/CompareSlider";
import { Facts } from "@/parts/Facts";
import { SectionHeader } from "@/parts/SectionHeader";
import { said } from "@/parts/said";
import { count } from "@/parts/times";
import { pictureAddress } from "./places";
import classes from "./result.module.css";

type File = Schemas["LeakFileResult"];
type View = "slide" | "overlay" | "align";

export function Compare({ leak, files }: { leak: string; files: File[] }) {
  const { t } = useTranslation("leaks");
  const [chosen, setChosen] = useState(() => Math.max(0, files.findIndex(({ aligned }) => aligned)));
  const file = files[chosen];
  if (!file) return null;
  return (
    <Card>
      <SectionHeader title={t("compare")} text={t("compareText")}>
        {files.length > 1 && (
          <Select
            aria-label={t("files")}
            allowDeselect={false}
            data={files.map(({ name }, index) => ({ value: String(index), label: name }))}
            value={String(chosen)}
            onChange={(value) => setChosen(Number(value))}
          />
        )}
      </SectionHeader>
      <One key={chosen} leak={leak} file={file} />
    </Card>
  );
}

function One({ leak, file }: { leak: string; file: File }) {
  const { t } = useTranslation("leaks");
  const [view, setView] = useState<View>("slide");
  const [strength, setStrength] = useState(50);
  const { pictures, lay } = file;
  const title = file.asset_title ?? "";
  const picture = (item: string | null | undefined, alt: string, name: string): ComparedPicture | null =>
    item ? { src: pictureAddress(leak, item), alt, name } : null;
  const left = picture(pictures?.leak_part ?? pictures?.leak, `${t("leakSide")}: ${file.name}`, t("leakSide"));
  const right = picture(pictures?.master_part ?? pictures?.master, `${t("masterSide")}: ${title}`, t("masterSide"));
  const outlined = pictures?.master && lay && lay.outline_px.length > 2 && file.master_width_px && file.master_height_px;
  return (
    <Stack gap="md">
      {!file.aligned && (
        <Alert color="orange" title={t("notAligned")}>
          {file.miss}
        </Alert>
      )}
      {left && right ? (
        <>
          <Group justify="space-between">
            <SegmentedControl
              size="xs"
              aria-label={t("compare")}
              value={view}
              onChange={(value) => setView(value as View)}
              data={[
                { value: "slide", label: t("compareSlide") },
                { value: "overlay", label: t("compareOverlay") },
                ...(outlined ? [{ value: "align", label: t("compareAlign") }] : []),
              ]}
            />
            {view === "overlay" && (
              <Slider
                flex={1}
                maw={260}
                value={strength}
                onChange={setStrength}
                label={null}
                thumbLabel={t("overlayLabel")}
                thumbProps={{ "aria-valuetext": t("overlayValue", { share: strength }) }}
              />
            )}
          </Group>
          {view === "slide" && <CompareSlider left={left} right={right} label={t("sliderLabel")} valueText={(share) => t("sliderValue", { share, rest: 100 - share })} />}
          {view === "overlay" && <Overlay left={left} right={right} strength={strength} />}
          {view === "align" && outlined && <Outline leak={leak} file={file} />}
        </>
      ) : (
        left && <Overlay left={left} right={left} strength={0} />
      )}
      {file.done.length > 0 && (
        <div>
          <Text size="sm" fw={550} mb={4}>
            {t("doneTo")}
          </Text>
          <List size="sm">
            {file.done.map((words) => (
              <List.Item key={words.en}>{said(words)}</List.Item>
            ))}
          </List>
        </div>
      )}
      {lay && <Lay lay={lay} />}
    </Stack>
  );
}

function Outline({ leak, file }: { leak: string; file: File }) {
  const { t } = useTranslation("leaks");
  const width = file.master_width_px ?? 1;
  const height = file.master_height_px ?? 1;
  const points = file.lay?.outline_px.map(([x = 0, y = 0]) => `${x},${y}`) ?? [];
  const around = `M0 0H${width}V${height}H0Z M${points.join("L")}Z`;
  return (
    <div className={classes.outline}>
      <img src={pictureAddress(leak, file.pictures?.master ?? "")} alt={t("alignAlt")} />
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden>
        <path className={classes.shade} fillRule="evenodd" d={around} />
        <polygon className={classes.edgeUnder} points={points.join(" ")} />
        <polygon className={classes.edge} points={points.join(" ")} />
      </svg>
    </div>
  );
}

function Lay({ lay }: { lay: NonNullable<File["lay"]> }) {
  const { t } = useTranslation("leaks");
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return (
    <div>
      <Group gap="xs" mb={6}>
        <Text size="sm" fw={550}>
          {t("lay")}
        </Text>
        {lay.mirrored && <Badge color="gray">{t("layMirrored")}</Badge>}
      </Group>
      <Facts
        facts={[
          [t("layMethod"), lay.method],
          [t("layInliers"), count(lay.inliers)],
          [t("layShown"), percent(lay.share_shown)],
          [t("layForeign"), percent(lay.share_foreign)],
          [t("layScale"), lay.scale.toFixed(3)],
          [t("layRotation"), t("degrees", { value: (Math.round(10 * lay.rotation_degrees) / 10 + 0).toFixed(1) })],
          [t("layCells"), count(lay.cells_seen)],
        ]}
      />
    </div>
  );
}
