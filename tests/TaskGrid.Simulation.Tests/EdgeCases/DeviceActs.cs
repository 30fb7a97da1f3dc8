using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

/// <summary>What a person does with a device, and sees on it.</summary>
internal static class DeviceActs
{
    extension(Device device)
    {
        /// <summary>Makes a change that must be taken in locally.</summary>
        public Origin Do(ChangeBody body) => Assert.IsType<WriteOutcome.Written>(device.Replica.Write(body)).Origins[0];

        public Origin Set(TaskId task, string field, string? value) => device.Do(new ChangeBody.Set(task, field, value is null ? null : FieldValue.Of(value)));

        public Origin Assign(TaskId task, Person person) => device.Set(task, Fields.Assignee, person.Id.ToString());

        /// <summary>Makes a text into another one, word by word, as the programs do.</summary>
        public Origin Type(TaskId task, string field, string text) =>
            device.Do(new ChangeBody.Text(task, field, WordDifference.Between(device.Shown(task).TextOf(field), text)));

        public Origin Comment(TaskId task, CommentId comment, string body) => device.Do(new ChangeBody.Comment(task, comment, body, null));

        /// <summary>Decides a conflict for the version that this change made.</summary>
        public Origin Choose(ConflictNote note, Origin version, IReadOnlyList<CanonicalChange> log) =>
            device.Do(new ChangeBody.Resolve(note.Id, log.Single(change => change.Origin == version).Seq, null));

        /// <summary>Decides a conflict for one of its versions.</summary>
        public Origin Choose(ConflictNote note, long version) => device.Do(new ChangeBody.Resolve(note.Id, version, null));

        /// <summary>The task as the person sees it.</summary>
        public TaskLine Shown(TaskId task) => device.Store.Read(reading => ReplicaView.Task(reading, task))!;

        /// <summary>The text of a register, as the person sees it.</summary>
        public string? Value(TaskId task, string field) => device.Shown(task)[field]?.AsText();

        /// <summary>What waits for somebody to look, on this device.</summary>
        public IReadOnlyList<ConflictNote> Open => device.Store.Read(reading => reading.Conflicts(openOnly: true));

        /// <summary>All conflicts that the device knows.</summary>
        public IReadOnlyList<ConflictNote> Known => device.Store.Read(reading => reading.Conflicts(openOnly: false));

        public IReadOnlyList<RejectedChange> Refused => device.Store.Read(reading => reading.Rejected());

        public IReadOnlyList<OutboxChange> Pending => device.Store.Read(reading => reading.Pending());

        /// <summary>Syncs; answers how it ended.</summary>
        public async Task<SyncOutcome?> SyncedAsync()
        {
            await device.SyncAsync();
            return device.Last;
        }
    }
}
