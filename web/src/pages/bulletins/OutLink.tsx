// A link out of the alliance: its real host is what one reads, and the other side learns nothing of where it was followed.
import { Anchor, Group, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { hostOf } from "./acts";

export function OutLink({ link }: { link: Schemas["BulletinLink"] }) {
  const { t } = useTranslation("bulletins");
  const host = hostOf(link.url);
  return (
    <div>
      {host ? (
        <Anchor href={link.url} target="_blank" rel="noopener noreferrer nofollow" size="sm" fw={550}>
          <Group component="span" gap={4} wrap="nowrap">
            <span style={{ overflowWrap: "anywhere" }}>{host}</span>
            <IconExternalLink size={14} aria-hidden style={{ flex: "none" }} />
          </Group>
        </Anchor>
      ) : (
        <Text size="sm">{link.url}</Text>
      )}
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>{t(`linkKind.${link.kind}`)} · {link.url}</Text>
    </div>
  );
}
