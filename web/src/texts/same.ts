// The shape a translation must have: the same keys; plural forms that Chinese does not have may be left out.
export type Same<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Same<T[K]>;
} & { [K in keyof T as K extends `${string}_one` ? K : never]?: string };
