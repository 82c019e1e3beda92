// Entering a joint case: a contact that the others can reach.
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { FormDialog, missing } from "@/parts/FormDialog";
import { useSession } from "@/session/session";

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  text: string;
  run: (contact: string) => Promise<Schemas["JointCase"]>;
  onDone?: (found: Schemas["JointCase"]) => void;
  refresh: string[];
}

export function JointDialog({ opened, onClose, title, text, run, onDone, refresh }: Props) {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  const { session } = useSession();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={title}
      text={text}
      submit={title}
      initial={() => ({ contact: `${session.account.name} <${session.account.email}>` })}
      validate={(values) => missing(values, ["contact"], common("required"))}
      run={({ contact }) => run(contact.trim())}
      refresh={refresh}
      {...(onDone ? { onDone } : {})}
    >
      {(form) => <TextInput label={t("contact")} required maxLength={200} {...form.getInputProps("contact")} />}
    </FormDialog>
  );
}
