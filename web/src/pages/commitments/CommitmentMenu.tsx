// The acts on a commitment, as a menu in its row or on its page.
import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconBan, IconBell, IconCalendarPlus, IconDots, IconFileTypePdf, IconQrcode, IconReplace, IconSend } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type Commitment, ExtendDialog, may, useCommitmentActs } from "./acts";
import { LinkDialog } from "./LinkDialog";
import { ReplaceDialog } from "./ReplaceDialog";

export function documentAddress(commitment: Commitment): string {
  return `/api/v1/commitments/${commitment.id}/document`;
}

export function CommitmentMenu({ commitment, large }: { commitment: Commitment; large?: boolean }) {
  const { t } = useTranslation("commitments");
  const { t: common } = useTranslation();
  const acts = useCommitmentActs(commitment);
  const [linking, link] = useDisclosure();
  const [extending, extend] = useDisclosure();
  const [replacing, replace] = useDisclosure();
  const { state } = commitment;
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon variant={large ? "default" : "subtle"} color="gray" size={large ? "lg" : "md"} aria-label={`${common("more")}: ${commitment.number}`}>
            <IconDots size={large ? 18 : 16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may.send(state) && (
            <Menu.Item leftSection={<IconSend size={16} />} onClick={acts.send}>
              {t("sendDraft")}
            </Menu.Item>
          )}
          {may.link(state) && (
            <Menu.Item leftSection={<IconQrcode size={16} />} onClick={link.open}>
              {t("getLink")}
            </Menu.Item>
          )}
          {may.remind(state) && (
            <Menu.Item leftSection={<IconBell size={16} />} onClick={() => acts.remind.mutate(undefined)}>
              {t("remind")}
            </Menu.Item>
          )}
          {may.extend(state) && (
            <Menu.Item leftSection={<IconCalendarPlus size={16} />} onClick={extend.open}>
              {t("extend")}
            </Menu.Item>
          )}
          {may.replace(state) && (
            <Menu.Item leftSection={<IconReplace size={16} />} onClick={replace.open}>
              {t("replace")}
            </Menu.Item>
          )}
          <Menu.Item component="a" href={documentAddress(commitment)} target="_blank" rel="noopener" leftSection={<IconFileTypePdf size={16} />}>
            {state === "in_force" ? t("pdf") : t("pdfDraft")}
          </Menu.Item>
          {(may.breach(state) || may.revoke(state)) && <Menu.Divider />}
          {may.breach(state) && (
            <Menu.Item color="red" leftSection={<IconAlertTriangle size={16} />} onClick={acts.breach}>
              {t("breached")}
            </Menu.Item>
          )}
          {may.revoke(state) && (
            <Menu.Item color="red" leftSection={<IconBan size={16} />} onClick={acts.revoke}>
              {t("revoke")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <LinkDialog commitment={commitment} opened={linking} onClose={link.close} />
      {extending && <ExtendDialog commitment={commitment} opened onClose={extend.close} />}
      {replacing && <ReplaceDialog commitment={commitment} onClose={replace.close} />}
    </>
  );
}
