// Own copies: each is individual, and says so. Nothing is fetched until it is opened, since each opening is recorded.
import { Alert, Anchor, Badge, Button, Card, Center, Group, Loader, Stack, Text } from "@mantine/core";
import { IconClockHour4, IconDownload, IconEye, IconFingerprint, IconPhoto } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import { asApiError } from "@/api/errors";
import { currentLocale } from "@/i18n";
import { PageTitle } from "../parts/PageTitle";
import { canOpen, heldUntil, serverNow, useCopies, type Home, type RecipientCopy } from "../session";
import { shortInstant, zoneName } from "../time";
import { CopyView } from "./CopyView";
import { NoticePage } from "./NoticePage";
import classes from "../portal.module.css";

function megabytes(bytes: number): string {
  return `${new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: bytes < 10_000_000 ? 1 : 0 }).format(bytes / 1_000_000)} MB`;
}

/** A cover in the picture's proportions; the picture itself would count as an opening. */
function Cover({ copy }: { copy: RecipientCopy }) {
  const { t } = useTranslation("portal");
  const wide = copy.width_px >= copy.height_px;
  const ratio = copy.width_px > 0 && copy.height_px > 0 ? `${copy.width_px} / ${copy.height_px}` : "3 / 2";
  return (
    <div className={classes.cover} data-state={copy.state} aria-hidden="true">
      <div className={classes.coverFrame} style={{ aspectRatio: ratio, width: wide ? "56%" : undefined, height: wide ? undefined : "70%" }}>
        {heldUntil(copy) ? <IconClockHour4 size={30} stroke={1.4} /> : copy.state === "preparing" ? <Loader color="white" size="sm" /> : <IconPhoto size={30} stroke={1.4} />}
      </div>
      {copy.state === "available" ? null : <Badge variant="filled" color="dark" pos="absolute" top={10} right={10}>{t(heldUntil(copy) ? "copies.later" : `copies.state.${copy.state}`)}</Badge>}
    </div>
  );
}

function CopyCard({ copy }: { copy: RecipientCopy }) {
  const { t } = useTranslation("portal");
  const held = heldUntil(copy);
  const available = canOpen(copy);
  return (
    <Card component="li" padding={0} style={{ overflow: "hidden" }}>
      <Cover copy={copy} />
      <Stack gap="sm" p="md">
        <div>
          <Text fw={600} lh={1.3} style={{ overflowWrap: "anywhere" }}>{copy.title}</Text>
          <Text size="sm" c="dimmed">{copy.project_name}</Text>
          <Text size="sm" c="dimmed" className="figures">{copy.width_px} × {copy.height_px} · {megabytes(copy.size_bytes)}{copy.watermark ? ` · ${t("copies.watermark")}` : ""}</Text>
          {copy.embargo_at && Date.parse(copy.embargo_at) > serverNow() ? (
            <Text size="sm" mt={4}>{t("copies.embargo", { when: shortInstant(copy.embargo_at, copy.embargo_zone), zone: zoneName(copy.embargo_zone ?? "UTC") })}</Text>
          ) : null}
          {copy.until && available ? <Text size="sm" mt={4}>{t("copies.until", { when: shortInstant(copy.until) })}</Text> : null}
        </div>
        {available ? (
          <Group gap="sm" grow>
            <Button component={Link} to={`/r/copies/${copy.id}`} leftSection={<IconEye size={18} aria-hidden />} aria-label={t("copies.viewNamed", { title: copy.title })}>{t("copies.view")}</Button>
            <Button component="a" variant="default" href={`/api/v1/recipient/copies/${copy.id}/file`} download={copy.file_name} leftSection={<IconDownload size={18} aria-hidden />} aria-label={t("copies.downloadNamed", { title: copy.title })}>
              {t("copies.download")}
            </Button>
          </Group>
        ) : <Text size="sm" role="status">{held ? t("copies.opensAt", { when: shortInstant(held) }) : t(`copies.about.${copy.state}`)}</Text>}
      </Stack>
    </Card>
  );
}

export default function CopiesPage({ home }: { home: Home }) {
  const { t } = useTranslation("portal");
  const { copy: shownId } = useParams();
  const copies = useCopies();
  if (copies.data === undefined) {
    return copies.error ? <NoticePage kind="trouble" error={asApiError(copies.error)} again={() => void copies.refetch()} /> : <Center mih="40dvh"><Loader role="status" aria-label={t("loading")} /></Center>;
  }
  const shown = copies.data.items.find((copy) => copy.id === shownId && copy.state === "available");
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/r" size="sm" w="fit-content" py={4}>← {t("backHome")}</Anchor>
      <PageTitle>{t("copies.title")}</PageTitle>
      <Alert color="ink" variant="light" icon={<IconFingerprint aria-hidden />} title={t("copies.notice", { name: home.name })}>
        <Text size="sm">{t("copies.noticeText")}</Text>
      </Alert>
      {copies.data.items.length === 0 ? <Card><Text>{t("copies.none", { sender: home.sender })}</Text></Card> : (
        <ul className={classes.gallery}>{copies.data.items.map((copy) => <CopyCard key={copy.id} copy={copy} />)}</ul>
      )}
      {shown ? <CopyView key={shown.id} copy={shown} name={home.name} /> : null}
    </Stack>
  );
}
