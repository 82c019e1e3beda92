// Who has come how far: a small sign for each signatory of a commitment.
import { Avatar, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { initials } from "@/parts/initials";
import "@/texts/states";

const colours: Record<Schemas["Signatory"]["state"], string> = {
  waiting: "gray",
  sent: "blue",
  opened: "blue",
  read: "indigo",
  answered: "indigo",
  signed: "teal",
  declined: "orange",
};

export function SignatoryMarks({ signatories }: { signatories: Schemas["Signatory"][] }) {
  const { t } = useTranslation("states");
  return (
    <Tooltip.Group openDelay={200}>
      <Avatar.Group spacing={6}>
        {signatories.map(({ id, name, role, state }) => {
          const said = `${name}, ${t(`signatoryRole.${role}`)}: ${t(`signatory.${state}`)}`;
          return (
            <Tooltip key={id} label={said}>
              <Avatar size={26} radius="xl" color={colours[state]} variant={state === "signed" ? "filled" : "light"} role="img" aria-label={said}>
                {initials(name)}
              </Avatar>
            </Tooltip>
          );
        })}
      </Avatar.Group>
    </Tooltip.Group>
  );
}
