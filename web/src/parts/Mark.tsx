// The mark: two halves of a tally stick that fit only each other. And the name beside it.
import { Group, Text } from "@mantine/core";
import classes from "./Mark.module.css";

export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className={classes.ground} width="32" height="32" rx="8" />
      <path className={classes.half} d="M8.6 6.500h5.600v3.200l2.6 2-2.6 2v3.100l2.6 2-2.6 2v4.700H8.600A1.3 1.3 0 0 1 7.3 24.200V7.800a1.3 1.3 0 0 1 1.3-1.300z" />
      <path className={classes.other} d="M23.4 6.500h-7.200v2l2.6 3.2-2.6 2.700v1.400l2.6 3-2.6 3.100v3.600h7.200a1.3 1.3 0 0 0 1.3-1.300V7.800a1.3 1.3 0 0 0-1.3-1.300z" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <Group gap={10} wrap="nowrap">
      <Mark />
      <Text fw={650} size="lg" lh={1} className={classes.word}>
        Probity
      </Text>
    </Group>
  );
}
