// What happened, newest first.
import { Anchor, Group, Stack, Text, ThemeIcon } from "@mantine/core";
import {
  IconAlertTriangle, IconBan, IconBriefcase2, IconCamera, IconCircleDot, IconDownload, IconDroplet, IconEye, IconFileUpload,
  IconMail, IconPencil, IconPhotoCheck, IconRubberStamp, IconSend, IconShieldCheck, IconSignature, IconTool, IconUser,
  type Icon,
} from "@tabler/icons-react";
import { Link } from "react-router-dom";
import type { Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { Moment } from "./Moment";
import classes from "./Timeline.module.css";

type Activity = Schemas["Activity"];

// By the end of the kind's name first ("commitment.signed" -> "signed"), then by its noun.
const pictures: Record<string, [Icon, string]> = {
  signed: [IconSignature, "teal"],
  in_force: [IconShieldCheck, "teal"],
  sent: [IconSend, "blue"],
  reminded: [IconMail, "blue"],
  opened: [IconEye, "blue"],
  read: [IconEye, "blue"],
  viewed: [IconEye, "blue"],
  downloaded: [IconDownload, "blue"],
  declined: [IconBan, "orange"],
  revoked: [IconBan, "orange"],
  breached: [IconAlertTriangle, "red"],
  slip: [IconAlertTriangle, "orange"],
  asset: [IconFileUpload, "ink"],
  party: [IconUser, "ink"],
  project: [IconPencil, "ink"],
  leak: [IconDroplet, "violet"],
  case: [IconBriefcase2, "violet"],
  rectification: [IconTool, "violet"],
  statement: [IconRubberStamp, "teal"],
  shoot: [IconCamera, "ink"],
  frame: [IconCamera, "ink"],
  release: [IconPhotoCheck, "teal"],
};

function pictureOf(kind: string): [Icon, string] {
  const [noun = "", verb = ""] = kind.split(".");
  return (noun === "slip" ? pictures.slip : undefined) ?? pictures[verb] ?? pictures[noun] ?? [IconCircleDot, "gray"];
}

/** The page a line of the timeline is about. */
function pageOf(activity: Activity): string | null {
  if (activity.commitment) return `/commitments/${activity.commitment}`;
  if (activity.party) return `/parties/${activity.party}`;
  return null;
}

export function Timeline({ items, label }: { items: Activity[]; label: string }) {
  return (
    <Stack component="ol" gap={0} className={classes.list} aria-label={label}>
      {items.map((activity) => {
        const [Picture, colour] = pictureOf(activity.kind);
        const said = currentLocale() === "zh" ? activity.summary_zh : activity.summary;
        const page = pageOf(activity);
        return (
          <Group component="li" key={activity.id} wrap="nowrap" align="flex-start" gap="sm" className={classes.line}>
            <ThemeIcon variant="light" color={colour} radius="xl" size={28} aria-hidden>
              <Picture size={15} stroke={1.7} />
            </ThemeIcon>
            <Stack gap={0} miw={0} pt={3}>
              {page ? (
                <Anchor component={Link} to={page} size="sm" c="inherit">
                  {said}
                </Anchor>
              ) : (
                <Text size="sm">{said}</Text>
              )}
              <Text size="xs" c="dimmed">
                {activity.actor.name && `${activity.actor.name} · `}
                <Moment at={activity.time} />
              </Text>
            </Stack>
          </Group>
        );
      })}
    </Stack>
  );
}
