// What the reader may do with a statement now: the server says which.
import { ActionIcon, Button, Code, Menu, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp, IconBan, IconDots, IconFileTypePdf, IconRubberStamp, IconSend, IconThumbUp, IconTrashX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask, askReason } from "@/parts/ask";
import { FormDialog } from "@/parts/FormDialog";
import { AskRemoval } from "./Removal";

type Detail = Schemas["StatementDetail"];
const refresh = ["statements", "statement", "case", "dashboard"];

export function Acts({ detail }: { detail: Detail }) {
  const { t } = useTranslation("statements");
  const { t: common } = useTranslation();
  const { statement } = detail;
  const { number } = statement;
  const path = { params: { path: { statement: statement.id } } };
  const [following, follow] = useDisclosure();
  const [removing, remove] = useDisclosure();
  const submit = useAct(() => body(api.POST("/statements/{statement}/submit", path)), { done: t("submitted"), refresh, quiet: true });
  const approve = useAct(() => body(api.POST("/statements/{statement}/approve", { ...path, body: { content_hash: detail.content_hash } })), { done: t("approved"), refresh, quiet: true });
  const reopen = useAct((reason: string) => body(api.POST("/statements/{statement}/reopen", { ...path, body: { reason } })), { done: t("reopened"), refresh, quiet: true });
  const withdraw = useAct((reason: string) => body(api.POST("/statements/{statement}/withdraw", { ...path, body: { reason } })), { done: t("withdrawn"), refresh, quiet: true });
  const publish = useAct(() => body(api.POST("/statements/{statement}/publish", path)), { done: t("publishing"), refresh, quiet: true });
  const may = (act: Detail["may"][number]) => detail.may.includes(act);
  // While a removal waits for another person, the page itself says what may be done about it.
  const mayRemove = may("tombstone") && !detail.removal_request;
  const more = may("reopen") || may("withdraw") || mayRemove;
  return (
    <>
      {!may("edit") && !detail.pdf_sha256 && statement.state !== "tombstoned" && (
        <Button component="a" href={`/api/v1/statements/${statement.id}/preview`} target="_blank" rel="noopener" variant="default" leftSection={<IconFileTypePdf size={16} />}>
          {t("preview")}
        </Button>
      )}
      {may("submit") && (
        <Button leftSection={<IconSend size={16} />} onClick={() => ask({ title: t("submitTitle"), text: t("submitText"), confirm: t("submit"), run: () => submit.mutateAsync(undefined) })}>
          {t("submit")}
        </Button>
      )}
      {may("approve") && (
        <Button
          leftSection={<IconThumbUp size={16} />}
          onClick={() =>
            ask({
              title: t("approveTitle", { number }),
              text: (
                <>
                  {t("approveText")} <Code style={{ overflowWrap: "anywhere" }}>{detail.content_hash}</Code>
                </>
              ),
              confirm: t("approve"),
              run: () => approve.mutateAsync(undefined),
            })
          }
        >
          {t("approve")}
        </Button>
      )}
      {may("publish") && (
        <Button leftSection={<IconRubberStamp size={16} />} onClick={() => ask({ title: t("publishTitle", { number }), text: t("publishText"), confirm: t("publish"), run: () => publish.mutateAsync(undefined) })}>
          {t("publish")}
        </Button>
      )}
      {may("follow_up") && (
        <Button variant="default" onClick={follow.open}>
          {t("followUp")}
        </Button>
      )}
      {more && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={common("more")}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {may("reopen") && (
              <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => askReason({ title: t("reopenTitle"), text: t("reopenText"), confirm: t("reopen"), run: (reason) => reopen.mutateAsync(reason) })}>
                {t("reopen")}
              </Menu.Item>
            )}
            {may("withdraw") && (
              <Menu.Item leftSection={<IconBan size={16} />} onClick={() => askReason({ title: t("withdrawTitle"), text: t("withdrawText"), confirm: t("withdraw"), danger: true, run: (reason) => withdraw.mutateAsync(reason) })}>
                {t("withdraw")}
              </Menu.Item>
            )}
            {mayRemove && (
              <Menu.Item color="red" leftSection={<IconTrashX size={16} />} onClick={remove.open}>
                {t("tombstone")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      <FollowUp detail={detail} opened={following} onClose={follow.close} />
      <AskRemoval detail={detail} opened={removing} onClose={remove.close} />
    </>
  );
}

interface DialogProps {
  detail: Detail;
  opened: boolean;
  onClose: () => void;
}

function FollowUp({ detail, opened, onClose }: DialogProps) {
  const { t } = useTranslation("statements");
  const navigate = useNavigate();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("followUpTitle")}
      text={t("followUpText")}
      submit={t("followUp")}
      initial={() => ({ relation: "paid" as Schemas["FollowUpRequest"]["relation"] })}
      run={({ relation }) => body(api.POST("/statements/{statement}/follow-up", { params: { path: { statement: detail.statement.id } }, body: { relation } }))}
      done={({ statement }) => t("drafted", { number: statement.number })}
      refresh={refresh}
      onDone={({ statement }) => navigate(`/publishing/${statement.id}`)}
    >
      {(form) => (
        <Select label={t("kindLabel")} allowDeselect={false} data={(["paid", "rectified", "overturned", "corrected"] as const).map((value) => ({ value, label: t(`relation.${value}`) }))} {...form.getInputProps("relation")} />
      )}
    </FormDialog>
  );
}
