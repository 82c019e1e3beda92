// Where there is nothing yet: what will be here, and how to begin.
import { Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  icon: Icon;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
}

export function EmptyState({ icon: Picture, title, text, children }: Props) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <ThemeIcon variant="light" size={52} radius="xl" mb={4}>
        <Picture size={26} stroke={1.5} />
      </ThemeIcon>
      <Title order={2} size="h3">{title}</Title>
      {text && (
        <Text c="dimmed" size="sm" maw={460}>
          {text}
        </Text>
      )}
      {children && (
        <Group mt="sm" justify="center">
          {children}
        </Group>
      )}
    </Stack>
  );
}
