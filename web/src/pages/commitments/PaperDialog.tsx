// A commitment signed on paper: whose, when, and its scan.
import { Button, FileInput, Group, Modal, Stack, Text } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { IconPaperclip } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import type { Project } from "../projects/ProjectLayout";
import { PartySelect } from "./PartySelect";

const most_bytes = 10_000_000;

async function base64(file: File): Promise<string> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return address.slice(address.indexOf(",") + 1);
}

export function PaperDialog({ opened, onClose, project }: { opened: boolean; onClose: () => void; project: Project }) {
  const { t } = useTranslation("commitments");
  return (
    <Modal opened={opened} onClose={onClose} title={t("paperTitle")}>
      {opened && <Fields onClose={onClose} project={project} />}
    </Modal>
  );
}

function Fields({ onClose, project }: { onClose: () => void; project: Project }) {
  const { t } = useTranslation("commitments");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { party: null as string | null, signed_at: null as string | null, scan: null as File | null },
    validate: {
      party: isNotEmpty(common("required")),
      signed_at: isNotEmpty(common("required")),
      scan: (file) => (file === null ? common("required") : file.size > most_bytes ? t("paperTooBig") : null),
    },
  });
  const record = useAct(
    async ({ party, signed_at, scan }: typeof form.values) => {
      if (!party || !signed_at || !scan) throw new Error("incomplete");
      return body(
        api.POST("/projects/{project}/commitments/paper", {
          params: { path: { project: project.id } },
          body: { party, signed_at, scan_name: scan.name, scan_base64: await base64(scan) },
        }),
      );
    },
    {
      done: t("paperDone"),
      refresh: ["commitments", "project", "projects", "deliveries"],
      onSuccess: (made) => {
        onClose();
        navigate(`/commitments/${made.id}`);
      },
    },
  );
  return (
    <form onSubmit={form.onSubmit((values) => record.mutate(values))} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          {t("paperText")}
        </Text>
        <PartySelect label={t("paperParty")} required value={form.values.party} error={form.errors.party} onChange={(party) => form.setFieldValue("party", party)} />
        <ZonedTimeInput label={t("paperAt")} required at={form.values.signed_at} zone="" fixedZone error={form.errors.signed_at} onChange={(at) => form.setFieldValue("signed_at", at)} />
        <FileInput
          label={t("paperScan")}
          placeholder={t("paperPick")}
          required
          accept="application/pdf,image/jpeg,image/png"
          leftSection={<IconPaperclip size={16} />}
          {...form.getInputProps("scan")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={record.isPending}>
            {t("record")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
