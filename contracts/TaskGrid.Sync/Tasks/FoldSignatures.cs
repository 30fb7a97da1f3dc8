using TaskGrid.Contracts;
namespace TaskGrid.Sync;
/// <summary>x</summary>
public static class TaskFold {
/// <summary>x</summary>
public static TaskLine? Apply(TaskLine? line, CanonicalChange c, TaskId task) => line; }
/// <summary>x</summary>
public static class TaskDigest {
/// <summary>x</summary>
public static ulong Term(TaskLine l) => 0; }
