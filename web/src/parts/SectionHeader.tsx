// A section's heading: its name, what it is in a line or two, and what can be done beside it.
import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  title?: ReactNode;
  text?: ReactNode;
  /** Where what follows keeps its own distance. */
  mb?: 0;
  children?: ReactNode;
}

export function SectionHeader({ title, text, mb, children }: Props) {
  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb={mb ?? "md"}>
      <div style={{ flex: "1 1 260px", minWidth: 0 }}>
        {title && (
          <Title order={2} size="h3">
            {title}
          </Title>
        )}
        {text && (
          <Text size="sm" c="dimmed" maw={620}>
            {text}
          </Text>
        )}
      </div>
      {children}
    </Group>
  );
}
